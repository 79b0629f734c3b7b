package io.larder.docs;

import io.larder.testkit.history.HistoryChecker.Due;
import io.larder.testkit.history.HistoryTrial;
import io.larder.testkit.servers.RedisServer;
import io.larder.testkit.trials.TierHistory;
import io.larder.testkit.trials.TierHistory.Outcome;
import java.time.Duration;

/** The histories of three programs with near tiers before one Redis. */
final class TierHistories {

    static final int PROGRAMS = 3;
    static final int THREADS = 8;
    /** So few that each is read, changed and then left alone for longer than the bound, and again. */
    static final int KEYS = 2_000;

    private static final String PARAMETERS = "?heart-beat=500ms&timeout=20s&lease=60s";

    private TierHistories() {}

    /** Runs rounds of so many calls of each program for {@code time}, one at least. */
    static Outcome run(Class<?> program, int calls, long seed, Duration time) throws Exception {
        try (RedisServer server = RedisServer.start()) {
            return TierHistory.run(
                    program,
                    PROGRAMS,
                    "memory:?max=10k | redis://" + server.address() + PARAMETERS,
                    () -> server.command("FLUSHALL"),
                    new HistoryTrial(THREADS, KEYS, calls, true, true, Due.WHEN_ACKNOWLEDGED, seed),
                    time);
        }
    }
}
