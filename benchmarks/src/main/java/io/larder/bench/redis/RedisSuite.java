package io.larder.bench.redis;

import io.larder.bench.load.LoadMatrix;
import io.larder.bench.load.LoadPlace;
import io.larder.bench.load.LoadPlan;
import io.larder.bench.load.LoadReport;
import io.larder.bench.load.LoadRun;
import io.larder.bench.load.LoadServer;
import io.larder.bench.load.Rivals;
import io.larder.bench.load.Worker;
import io.larder.bench.report.Machine;
import io.larder.bench.report.Report;
import io.larder.bench.rounds.Effort;
import io.larder.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.List;

/** Measures all peers on one Redis, and tells what came of it. */
public final class RedisSuite {

    private static final Duration TTL_SHORT = Duration.ofMillis(100);

    private RedisSuite() {}

    /** Starts a server, sees that all peers do what they claim, and measures. */
    public static Report run(Effort effort) {
        // A test would be skipped without a server; a run fails.
        System.setProperty("larder.require", "redis");
        try (RedisServer server = RedisServer.start();
                LoadRun<RedisPeer> run = new LoadRun<>(loadServer(server))) {
            for (RedisPeer peer : RedisPeer.values()) {
                if (peer.isLibrary()) {
                    run.add(peer, RedisWorker.class);
                }
            }
            Programs.find("redis-benchmark")
                    .ifPresentOrElse(
                            program -> run.add(
                                    RedisPeer.LIMIT,
                                    new RedisBenchmark(program, server, RedisPeer.LIMIT.database(), Worker.TTL)),
                            () -> System.err.println(
                                    "NO LIMIT IS MEASURED: there is no redis-benchmark on the PATH. It comes with Redis's tools"));
            String version = String.valueOf(server.info("redis_version"));
            return run.measure(LoadPlan.of(LoadMatrix.STANDARD, effort), peers -> report(version, peers));
        }
    }

    static LoadServer loadServer(RedisServer server) {
        return new LoadServer(server, TTL_SHORT, () -> server.command("FLUSHALL"));
    }

    static LoadReport<RedisPeer> report(String redisVersion, List<RedisPeer> peers) {
        return new LoadReport<>(
                "redis",
                "Redis, measured",
                new LoadPlace("Redis", redisVersion, Machine.here()),
                peers,
                List.of(
                        new Rivals<>("Lettuce", List.of(RedisPeer.LETTUCE)),
                        new Rivals<>("the best wrapper", RedisPeer.WRAPPERS)),
                """
                The server keeps nothing on disk, and each client has a database of its own.
                Lettuce inside another is the same Lettuce. JetCache's `PUT` is waited for, and Spring writes with
                `immediateWrites`; by themselves neither waits for the server. Called as here, Larder alone keeps
                concurrent callers from loading a key twice, and a load from storing over an invalidation. redis-benchmark is not
                on the JVM and looks at nothing that it reads.
                """);
    }
}
