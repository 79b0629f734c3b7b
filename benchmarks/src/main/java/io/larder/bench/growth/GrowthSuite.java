package io.larder.bench.growth;

import io.larder.bench.report.Report;
import io.larder.bench.rounds.Effort;
import io.larder.testkit.servers.RedisServer;

/** Measures what grows, and tells what came of it. */
public final class GrowthSuite {

    private GrowthSuite() {}

    /** Starts a server, and measures. */
    public static Report run(Effort effort) {
        // A test would be skipped without a server; a run fails.
        System.setProperty("larder.require", "redis");
        GrowthPlan plan = GrowthPlan.of(effort);
        try (RedisServer server = RedisServer.start()) {
            GrowthRounds rounds = new GrowthRounds(plan, server.port(), () -> server.command("FLUSHALL"), System.err);
            return new GrowthReport(rounds.run(), plan, String.valueOf(server.info("redis_version"))).report();
        }
    }
}
