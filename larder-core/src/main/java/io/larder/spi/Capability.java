package io.larder.spi;

/** What a backend can do beyond keeping entries until their deadline; what it lacks is refused with a clear error. */
public enum Capability {
    /** Answers from this process, at once: asking twice costs nothing. */
    LOCAL,
    /** Keeps what it is given; without it every read misses and only the leases work. */
    STORAGE,
    /** Knows which entries carry a tag. */
    TAGS,
    /** Can list its keys. */
    LISTING,
    /** Counts atomically. */
    COUNTERS
}
