package io.larder.testkit.history;

/**
 * What one call did to, or saw of, a key, or all keys of a tag, of a slice or of the cache. Immutable.
 *
 * @param subject the number of the key, tag or slice; 0 for the cache
 * @param value of a write, a load or a read: unique to the write, odd if it has the tag of its key
 * @param begin a number drawn before the call, or the loader, began; the order of such numbers is all that counts
 * @param end a number drawn after it ended; {@link #UNKNOWN} if it failed, so that it may take effect at any time, or never
 */
public record Event(Kind kind, int subject, long value, long begin, long end) {

    /** The end of a call whose outcome nobody was told. */
    public static final long UNKNOWN = Long.MAX_VALUE;

    /** What a call was. */
    public enum Kind {
        /** A value was stored by {@code put} or a call like it. */
        WRITE,
        /** A value was made by a loader, for its caller, and stored if its lease stood. */
        LOAD,
        /** A value was shown. */
        READ,
        /** Nothing was shown. */
        MISS,
        /** The key was removed, or expired at once. */
        REMOVE,
        /** The tag was invalidated. */
        INVALIDATE_TAG,
        /** The keys of a slice were removed, by a pattern. */
        REMOVE_SLICE,
        /** The cache was cleared. */
        CLEAR;

        boolean removes() {
            return switch (this) {
                case REMOVE, INVALIDATE_TAG, REMOVE_SLICE, CLEAR -> true;
                case WRITE, LOAD, READ, MISS -> false;
            };
        }
    }

    boolean changes() {
        return kind != Kind.READ && kind != Kind.MISS;
    }

    /** Returns this as if it had ended so much later; what never ended did not. */
    Event endingLater(long by) {
        return end == UNKNOWN ? this : new Event(kind, subject, value, begin, end + by);
    }

    boolean isTagged() {
        return (value & 1) == 1;
    }

    @Override
    public String toString() {
        String what = kind.removes() || kind == Kind.MISS ? kind.toString() : kind + " " + value;
        return what + " [" + begin + ", " + (end == UNKNOWN ? "?" : end) + "]";
    }
}
