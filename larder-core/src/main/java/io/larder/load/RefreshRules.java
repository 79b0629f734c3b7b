package io.larder.load;

import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import io.larder.url.Units;
import java.time.Duration;

/**
 * When a value is reloaded in the background, and how many at once. Immutable.
 *
 * @param ahead the share of the ttl after which a read begins to reload a value that is still fresh; 1 for not before it is stale
 * @param early by how many load times a read does so before that, at random; 0 for not at all
 * @param batchMax how many keys one call of a bulk loader reloads at most, where they are gathered
 * @param within for how long the keys are gathered that different callers reload by the same bulk loader; zero for not at all
 */
public record RefreshRules(double ahead, double early, int batchMax, Duration within) {

    /** What holds where nobody said. */
    public static final RefreshRules STANDARD = new RefreshRules(1, 0, 100, Duration.ZERO);

    /** Refuses what is no share, no number, or a negative duration. */
    public RefreshRules {
        if (!(ahead > 0 && ahead <= 1)) {
            throw new IllegalArgumentException(
                    "refreshAhead must be a share of the ttl above 0 and up to 1, was " + ahead);
        }
        if (!(early >= 0 && early < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("refreshEarly must be a number of load times, 0 or more, was " + early);
        }
        if (batchMax < 1) {
            throw new IllegalArgumentException("refreshBatch must be at least 1 key, was " + batchMax);
        }
        if (within.isNegative()) {
            throw new IllegalArgumentException("refreshWithin must not be negative, was " + Units.text(within));
        }
    }

    /** Returns these rules with another share of the ttl. */
    public RefreshRules withAhead(double share) {
        return new RefreshRules(share, early, batchMax, within);
    }

    /** Returns these rules with another haste, in load times. */
    public RefreshRules withEarly(double loadTimes) {
        return new RefreshRules(ahead, loadTimes, batchMax, within);
    }

    /** Returns these rules with keys gathered for a while, and so many to a call. */
    public RefreshRules withBatch(int keysMax, Duration gathered) {
        return new RefreshRules(ahead, early, keysMax, gathered);
    }

    /** Returns whether values are reloaded while they are fresh. */
    public boolean isAhead() {
        return ahead < 1 || early > 0;
    }

    /**
     * Returns whether it is time to reload {@code entry}, which is fresh.
     *
     * <p>Earlier than at its share of the ttl with a probability that grows towards its end, and with the time that its load took (XFetch:
     * Vattani, Chierichetti, Lowenstein, "Optimal Probabilistic Cache Stampede Prevention", VLDB 2015).
     *
     * @param random from 0 to 1, without 1
     */
    boolean isDue(Entry<?> entry, long nowMillis, double random) {
        Lifetime lifetime = entry.lifetime();
        long untilMillis = lifetime.freshUntilMillis();
        if (untilMillis == Lifetime.NEVER) {
            return false;
        }
        return nowMillis - lifetime.createdMillis() >= ahead * (untilMillis - lifetime.createdMillis())
                || nowMillis - early * entry.loadMillis() * Math.log(1 - random) >= untilMillis;
    }
}
