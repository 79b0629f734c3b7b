package io.larder.bench.engines;

/** What is waited for until a write is acknowledged. */
enum Durability {
    /** The disk, so that a power failure costs nothing. */
    DURABLE,
    /** Less, which each engine has in a way of its own. */
    RELAXED
}
