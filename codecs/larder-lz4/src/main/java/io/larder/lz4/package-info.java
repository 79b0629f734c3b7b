/** Values compressed by LZ4; found by the stage's name, {@code lz4}. */
@NullMarked
package io.larder.lz4;

import org.jspecify.annotations.NullMarked;
