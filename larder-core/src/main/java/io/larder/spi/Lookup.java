package io.larder.spi;

import org.jspecify.annotations.Nullable;

/** What {@link Backend#getOrLease} found: the {@link Entry}, or the {@link Lease} under which it is being loaded. */
public sealed interface Lookup<V extends @Nullable Object> permits Entry, Lease {}
