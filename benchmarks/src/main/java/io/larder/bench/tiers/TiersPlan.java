package io.larder.bench.tiers;

import io.larder.bench.memory.Plan;
import io.larder.bench.rounds.Effort;
import java.time.Duration;
import java.util.List;

/**
 * How often everything is measured, and for how long.
 *
 * @param near of hits in memory
 * @param rounds of two processes, and of the race
 * @param start before the first round, for the compiler
 * @param warmup before each measurement
 * @param measured by each measurement
 * @param puts after each of which is seen how long the other process takes to see it
 * @param quiet until what is stale counts as left stale
 * @param races of a slow read with a write, each for a key
 */
record TiersPlan(
        Plan near,
        int rounds,
        Duration start,
        Duration warmup,
        Duration measured,
        int puts,
        Duration quiet,
        int races) {

    /** Of each process. */
    static final List<Integer> THREADS = Plan.THREADS;

    /** Longer than the heart-beat within which Larder tells of every change, if a connection dies without a sign. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** Of every hundred calls. */
    static final int WRITES_PERCENT = 5;

    static TiersPlan of(Effort effort) {
        return switch (effort) {
            case FULL ->
                new TiersPlan(
                        Plan.of(effort),
                        3,
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(4),
                        500,
                        QUIET,
                        1_000);
            case QUICK ->
                new TiersPlan(
                        Plan.of(effort),
                        1,
                        Duration.ofSeconds(1),
                        Duration.ofMillis(200),
                        Duration.ofMillis(500),
                        100,
                        QUIET,
                        100);
        };
    }
}
