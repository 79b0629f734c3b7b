package io.larder.bench.tiers;

import io.larder.bench.memory.Figures;
import io.larder.bench.mix.ScratchFolder;
import io.larder.bench.report.Report;
import io.larder.bench.rounds.Effort;
import io.larder.bench.rounds.Results;
import io.larder.testkit.servers.RedisServer;
import java.io.IOException;
import org.openjdk.jmh.runner.RunnerException;

/** Measures all peers on one Redis, and tells what came of it. */
public final class TiersSuite {

    private TiersSuite() {}

    /** Starts a server and measures. */
    public static Report run(Effort effort) throws IOException, RunnerException {
        // A test would be skipped without a server; a run fails.
        System.setProperty("larder.require", "redis");
        TiersPlan plan = TiersPlan.of(effort);
        try (RedisServer server = RedisServer.start()) {
            int port = server.port();
            Results<Integer, TierPeer, Figures> near = new NearRounds(plan.near(), port, System.err).run();
            TiersResults results = ScratchFolder.with(folder -> new TiersResults(
                    near,
                    new SharedRounds(plan, port, System.err).run(folder),
                    new RaceRounds(plan, server, System.err).run(folder)));
            return new TiersReport(results, plan, String.valueOf(server.info("redis_version"))).report();
        }
    }
}
