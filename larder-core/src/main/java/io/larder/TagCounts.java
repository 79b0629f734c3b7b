package io.larder;

/**
 * Counts of the entries that carry a tag, in this process. Immutable.
 *
 * @param hits entries that were found fresh
 * @param puts entries that were stored, by callers or loaders
 * @param removals entries that were removed by an invalidation of the tag
 */
public record TagCounts(long hits, long puts, long removals) {

    /** Returns these counts and those of {@code other}, as counts of two processes. */
    public TagCounts plus(TagCounts other) {
        return new TagCounts(hits + other.hits, puts + other.puts, removals + other.removals);
    }
}
