package io.larder.spi;

import io.larder.Clock;

/**
 * What a lease is asked for. Immutable.
 *
 * @param tagged whether what is stored under the lease may have tags; one that is not told may refuse an entry that has some, and need not
 *     learn what is invalidated meanwhile, which saves a server a question
 * @param replacedUntilMillis a fresh entry that was made until then is replaced as if it were stale; {@link Long#MIN_VALUE} for none
 */
public record LeaseTerms(boolean tagged, long replacedUntilMillis) {

    /** For a missing or stale entry, in whose place comes one that has no tags. */
    public static final LeaseTerms UNTAGGED = new LeaseTerms(false, Long.MIN_VALUE);

    /** For a missing or stale entry, in whose place comes one that may have tags. */
    public static final LeaseTerms TAGGED = new LeaseTerms(true, Long.MIN_VALUE);

    /** Returns these terms for the replacement of {@code entry}, but of nothing that was made after it. */
    public LeaseTerms over(Entry<?> entry) {
        return new LeaseTerms(tagged, entry.createdMillis());
    }

    /** Returns whether there is no lease to be had, because {@code entry} is fresh, and not to be replaced. */
    public boolean isMetBy(Entry<?> entry, Clock clock) {
        return entry.isFreshAsFound(clock)
                && (replacedUntilMillis == Long.MIN_VALUE || entry.createdMillis() > replacedUntilMillis);
    }
}
