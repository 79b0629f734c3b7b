package io.larder.spi;

/** When a put is to happen; an entry that is stale or expired counts as absent. */
public enum PutMode {
    /** Whatever is there. */
    ALWAYS,
    /** Only when the key has no entry. */
    IF_ABSENT,
    /** Only when the key has an entry. */
    IF_PRESENT
}
