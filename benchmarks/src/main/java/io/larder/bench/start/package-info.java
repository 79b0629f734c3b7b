/**
 * The suite {@code start}: what the command line, Spring Boot and a class path pay before the first call.
 *
 * <p>Start at {@link io.larder.bench.start.StartSuite}; {@code app} is the application that it starts.
 */
@NullMarked
package io.larder.bench.start;

import org.jspecify.annotations.NullMarked;
