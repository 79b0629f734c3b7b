package io.larder.bench.redis;

import io.larder.bench.load.Contestant;
import io.larder.bench.load.LoadCell;
import io.larder.bench.load.LoadFigures;
import io.larder.bench.load.LoadPlan;
import io.larder.bench.load.LoadReport;
import io.larder.bench.load.LoadRounds;
import io.larder.bench.load.WorkerProcess;
import io.larder.bench.report.MarkdownTable;
import io.larder.bench.report.Report;
import io.larder.bench.report.Versions;
import io.larder.bench.rounds.Effort;
import io.larder.bench.rounds.Results;
import io.larder.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measures all peers on one Redis, and tells what came of it. */
public final class RedisSuite {

    private static final Duration TTL = Duration.ofHours(1);

    private RedisSuite() {}

    /** Starts a server, sees that all peers do what they claim, and measures. */
    public static Report run(Effort effort) {
        LoadPlan plan = LoadPlan.of(effort);
        // A test would be skipped without a server; a run fails.
        System.setProperty("larder.require", "redis");
        try (RedisServer server = RedisServer.start()) {
            RedisCheck check = new RedisCheck(server);
            List.of(RedisPeer.values()).stream().filter(RedisPeer::isLibrary).forEach(check::check);
            Map<RedisPeer, Contestant> contestants = new TreeMap<>();
            try {
                open(server, contestants);
                System.err.println("All peers do what they claim; measuring takes about "
                        + Math.max(
                                1, Math.round(plan.expected(contestants.size()).toSeconds() / 60.0)) + " min");
                Results<LoadCell, RedisPeer, LoadFigures> results =
                        new LoadRounds<>(plan, contestants, () -> server.command("FLUSHALL"), System.err).run();
                return report(String.valueOf(server.info("redis_version")), List.copyOf(contestants.keySet()))
                        .of(results, plan);
            } finally {
                contestants.values().forEach(Contestant::close);
            }
        }
    }

    private static void open(RedisServer server, Map<RedisPeer, Contestant> contestants) {
        for (RedisPeer peer : RedisPeer.values()) {
            if (peer.isLibrary()) {
                List<String> arguments = RedisWorker.arguments(peer, server, TTL);
                contestants.put(peer, WorkerProcess.start(peer, RedisWorker.class, arguments));
            }
        }
        Programs.find("redis-benchmark")
                .ifPresentOrElse(
                        program -> contestants.put(
                                RedisPeer.LIMIT, new RedisBenchmark(program, server, RedisPeer.LIMIT.database(), TTL)),
                        () -> System.err.println(
                                "NO LIMIT IS MEASURED: there is no redis-benchmark on the PATH. It comes with Redis's tools"));
    }

    static LoadReport<RedisPeer> report(String redisVersion, List<RedisPeer> peers) {
        return new LoadReport<>(
                "redis",
                "Redis " + redisVersion,
                peers,
                RedisPeer.LETTUCE,
                "Lettuce",
                RedisPeer.WRAPPERS,
                peersTable(redisVersion, peers));
    }

    private static String peersTable(String redisVersion, List<RedisPeer> peers) {
        Versions versions = new Versions();
        MarkdownTable table =
                new MarkdownTable().words("client", "version", "connections", "50 at once", "read through");
        for (RedisPeer peer : peers) {
            String version = peer.isLibrary() ? versions.of(peer.library()) : redisVersion;
            table.row(List.of(peer.label(), version, peer.connections(), peer.bulk(), peer.readThrough()));
        }
        return """
                ## What each does

                Lettuce inside another is the same Lettuce. JetCache's `PUT` is waited for, and Spring writes with
                `immediateWrites`; by themselves neither waits for the server. Called as here, Larder alone keeps
                concurrent callers from loading a key twice, and a load from storing over an invalidation. redis-benchmark is not
                on the JVM and looks at nothing that it reads.

                """ + table.text();
    }
}
