/**
 * The {@code memory:} backend: entries in this process, bounded by count or by bytes.
 *
 * <p>Start with {@link io.larder.memory.MemoryProvider}; how it keeps its promises is in {@code Room}.
 */
@NullMarked
package io.larder.memory;

import org.jspecify.annotations.NullMarked;
