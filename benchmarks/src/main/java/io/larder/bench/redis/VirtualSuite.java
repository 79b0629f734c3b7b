package io.larder.bench.redis;

import io.larder.bench.load.LoadMatrix;
import io.larder.bench.load.LoadPlace;
import io.larder.bench.load.LoadPlan;
import io.larder.bench.load.LoadReport;
import io.larder.bench.load.LoadRun;
import io.larder.bench.load.LoadWorkload;
import io.larder.bench.load.Rivals;
import io.larder.bench.report.Machine;
import io.larder.bench.report.Report;
import io.larder.bench.rounds.Effort;
import io.larder.bench.worker.Jdk;
import io.larder.testkit.servers.RedisServer;
import java.util.List;

/** Measures gets of virtual threads, beside Lettuce alone, on a JDK that has them. */
public final class VirtualSuite {

    /** What has virtual threads. */
    static final int FEATURE = 21;

    static final LoadMatrix MATRIX =
            new LoadMatrix(List.of(LoadWorkload.GET), List.of(1, 64, 256), LoadMatrix.STANDARD.valueBytes());
    static final List<RedisPeer> PEERS = List.of(RedisPeer.LARDER, RedisPeer.LETTUCE);

    private VirtualSuite() {}

    /** Finds the JDK, starts a server, sees that the peers do what they claim, and measures. */
    public static Report run(Effort effort) {
        Jdk jdk = Jdk.newest(FEATURE);
        System.setProperty("larder.require", "redis");
        try (RedisServer server = RedisServer.start();
                LoadRun<RedisPeer> run = new LoadRun<>(RedisSuite.loadServer(server))) {
            PEERS.forEach(peer -> run.add(peer, jdk, VirtualWorker.class));
            LoadPlace place = new LoadPlace(
                    "Redis",
                    String.valueOf(server.info("redis_version")),
                    Machine.here().withJvm(jdk.text()));
            return run.measure(LoadPlan.of(MATRIX, effort), peers -> report(place, peers));
        }
    }

    static LoadReport<RedisPeer> report(LoadPlace place, List<RedisPeer> peers) {
        return new LoadReport<>(
                "virtual",
                "Virtual threads on Redis, measured",
                place,
                peers,
                List.of(new Rivals<>("Lettuce", List.of(RedisPeer.LETTUCE))),
                """
                Each caller is a virtual thread that waits for its answer (JDK 21 or later, the newest that is found), and the JVM
                runs as many of them at once as there are processors. The server keeps nothing on disk, and each client has a
                database of its own. Lettuce inside Larder is the same Lettuce.
                """);
    }
}
