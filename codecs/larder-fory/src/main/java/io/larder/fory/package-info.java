/** Values by Apache Fory; found by the codec's name, {@code fory}. */
@NullMarked
package io.larder.fory;

import org.jspecify.annotations.NullMarked;
