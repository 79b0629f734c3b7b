package io.larder;

/**
 * What one process has counted of a cache and left at the backend for others to read. Immutable.
 *
 * @param process names the process, and the {@link Larder} in it
 * @param publishedMillis when, by that process's clock
 */
public record PublishedStats(String process, long publishedMillis, CacheStats stats) {}
