package io.larder.load;

import io.larder.Stampede;
import io.larder.url.Units;
import java.time.Duration;

/**
 * Who shares the loads of one cache, when they begin, how long callers wait for them, and how often a source that fails is asked. Immutable.
 *
 * @param stampede who shares a load
 * @param refresh when values are reloaded while they are fresh
 * @param staleWait how long a load is waited for when there is a stale value to answer with; zero for not at all, {@link
 *     io.larder.EntryOptions#NEVER} until it fails
 * @param staleRetry how long after a failed load the stale value is answered before its source is asked again
 * @param loadTimeout how long a load is waited for in any case, {@link io.larder.EntryOptions#NEVER} for no limit
 */
public record LoadRules(
        Stampede stampede, RefreshRules refresh, Duration staleWait, Duration staleRetry, Duration loadTimeout) {

    /** What holds where nobody said. */
    public static final LoadRules STANDARD =
            new LoadRules(Stampede.PROCESS, RefreshRules.STANDARD, Duration.ZERO, Duration.ofSeconds(5), Units.NEVER);

    /** Refuses negative durations, and a time limit of nothing. */
    public LoadRules {
        checkNotNegative("staleWait", staleWait);
        checkNotNegative("staleRetry", staleRetry);
        if (loadTimeout.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("loadTimeout must be at least 1ms, was " + Units.text(loadTimeout));
        }
    }

    /** Returns these rules with others to share a load with. */
    public LoadRules withStampede(Stampede stampede) {
        return new LoadRules(stampede, refresh, staleWait, staleRetry, loadTimeout);
    }

    /** Returns these rules with others for reloads. */
    public LoadRules withRefresh(RefreshRules refresh) {
        return new LoadRules(stampede, refresh, staleWait, staleRetry, loadTimeout);
    }

    /** Returns these rules with another wait for a load while there is a stale value. */
    public LoadRules withStaleWait(Duration staleWait) {
        return new LoadRules(stampede, refresh, staleWait, staleRetry, loadTimeout);
    }

    /** Returns these rules with another pause after a failed load. */
    public LoadRules withStaleRetry(Duration staleRetry) {
        return new LoadRules(stampede, refresh, staleWait, staleRetry, loadTimeout);
    }

    /** Returns these rules with another limit on the wait for a load. */
    public LoadRules withLoadTimeout(Duration loadTimeout) {
        return new LoadRules(stampede, refresh, staleWait, staleRetry, loadTimeout);
    }

    private static void checkNotNegative(String what, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative, was " + Units.text(duration));
        }
    }
}
