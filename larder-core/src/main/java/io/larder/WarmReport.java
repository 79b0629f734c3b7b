package io.larder;

/**
 * What became of the keys that a cache was warmed with so far. Immutable.
 *
 * @param stored those that were stored
 * @param skipped those left as they were: fresh already, being loaded by somebody else, invalidated meanwhile, or without a value
 * @param failed those whose loader failed, or that the backend did not take
 */
public record WarmReport(long stored, long skipped, long failed) {

    /** Of no key. */
    static final WarmReport NONE = new WarmReport(0, 0, 0);

    /** Returns how many keys there were. */
    public long done() {
        return stored + skipped + failed;
    }

    WarmReport plus(WarmReport other) {
        return new WarmReport(stored + other.stored, skipped + other.skipped, failed + other.failed);
    }
}
