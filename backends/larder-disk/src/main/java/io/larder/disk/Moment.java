package io.larder.disk;

/** The counts of changes to a cache and a key, at the moment before an entry was read. Immutable. */
record Moment(ChangeCounts counts, int cache, long cacheCount, int key, long keyCount) {

    static Moment of(ChangeCounts counts, byte[] scope, byte[] key) {
        int cacheStripe = ChangeCounts.ofCache(scope);
        int keyStripe = ChangeCounts.ofKey(scope, key);
        return new Moment(counts, cacheStripe, counts.at(cacheStripe), keyStripe, counts.at(keyStripe));
    }

    /** Returns whether no change was about to be committed. */
    boolean isQuiet() {
        return ((cacheCount | keyCount) & 1) == 0;
    }

    /** Returns whether nothing has changed since, where {@code current} are the counts of the edition in use. */
    boolean isNow(ChangeCounts current) {
        return counts == current && counts.at(cache) == cacheCount && counts.at(key) == keyCount;
    }
}
