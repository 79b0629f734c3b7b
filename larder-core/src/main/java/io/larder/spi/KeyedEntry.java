package io.larder.spi;

import org.jspecify.annotations.Nullable;

/** An entry together with its key, as a listing returns it. */
public record KeyedEntry<K, V extends @Nullable Object>(K key, Entry<V> entry) {}
