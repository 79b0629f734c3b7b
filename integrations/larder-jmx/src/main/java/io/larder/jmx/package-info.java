/** Caches as MBeans: start at {@link io.larder.jmx.LarderBeans}. */
@NullMarked
package io.larder.jmx;

import org.jspecify.annotations.NullMarked;
