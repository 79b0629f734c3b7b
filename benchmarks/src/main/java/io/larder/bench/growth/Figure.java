package io.larder.bench.growth;

/** What is measured of a cache of some size. */
enum Figure {
    /** A read that finds its entry. */
    GET_NANOS("get, ns"),
    /** A write over an entry. */
    PUT_OVER_NANOS("put over, ns"),
    /** A write of an entry that was not there. */
    PUT_NEW_NANOS("put new, ns"),
    /** What an entry adds to the heap beside its key and its value. */
    HEAP_BYTES("heap, B an entry"),
    /** A read that finds its entry. */
    GET_MICROS("get, µs"),
    /** A write over an entry. */
    PUT_MICROS("put, µs"),
    /** What the folder takes. */
    DISK_BYTES("disk, B an entry"),
    /** The removal of a tag's entries, by their number. */
    INVALIDATE_MICROS("invalidateTag, µs a member"),
    /** Of all callers together. */
    KILOCALLS("k calls/s"),
    /** Of all callers together. */
    P99_MICROS("p99, µs"),
    /** What is read in a second. */
    GET_MEGABYTES("get, MB/s"),
    /** What is written in a second. */
    PUT_MEGABYTES("put, MB/s");

    private final String label;

    Figure(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
