package io.larder.jcache;

import org.jspecify.annotations.Nullable;

/**
 * What the calls of one cache share. Thread-safe.
 *
 * @param readThrough the loader that reads call, or null
 */
record Parts<K, V>(
        Entries<K, V> entries,
        KeyLocks locks,
        Statistics statistics,
        @Nullable LoaderCalls<K, V> readThrough,
        WriterCalls<K, V> writer) {}
