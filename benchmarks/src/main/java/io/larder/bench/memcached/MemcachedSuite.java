package io.larder.bench.memcached;

import io.larder.bench.load.LoadMatrix;
import io.larder.bench.load.LoadPlace;
import io.larder.bench.load.LoadPlan;
import io.larder.bench.load.LoadReport;
import io.larder.bench.load.LoadRun;
import io.larder.bench.load.LoadServer;
import io.larder.bench.load.Rivals;
import io.larder.bench.report.Machine;
import io.larder.bench.report.Report;
import io.larder.bench.rounds.Effort;
import io.larder.testkit.servers.MemcachedOptions;
import io.larder.testkit.servers.MemcachedServer;
import java.time.Duration;
import java.util.List;

/** Measures all peers on one memcached, and tells what came of it. */
public final class MemcachedSuite {

    /** Memcached counts seconds. */
    private static final Duration TTL_SHORT = Duration.ofSeconds(1);
    /** Enough for all that the peers store, or a read would miss what was evicted. */
    private static final int MEMORY_MEBIBYTES = 1_024;

    private MemcachedSuite() {}

    /** Starts a server, sees that all peers do what they claim, and measures. */
    public static Report run(Effort effort) {
        // A test would be skipped without a server; a run fails.
        System.setProperty("larder.require", "memcached");
        try (MemcachedServer server = start();
                LoadRun<MemcachedPeer> run = new LoadRun<>(loadServer(server))) {
            for (MemcachedPeer peer : MemcachedPeer.values()) {
                run.add(peer, MemcachedWorker.class);
            }
            String version = String.valueOf(server.stat("version"));
            return run.measure(LoadPlan.of(LoadMatrix.STANDARD, effort), peers -> report(version, peers));
        }
    }

    static MemcachedServer start() {
        return MemcachedServer.start(MemcachedOptions.plain().memoryMebibytes(MEMORY_MEBIBYTES));
    }

    static LoadServer loadServer(MemcachedServer server) {
        return new LoadServer(server, TTL_SHORT, () -> server.ask("flush_all"));
    }

    static LoadReport<MemcachedPeer> report(String version, List<MemcachedPeer> peers) {
        return new LoadReport<>(
                "memcached",
                "Memcached, measured",
                new LoadPlace("Memcached", version, Machine.here()),
                peers,
                List.of(
                        new Rivals<>("the best library", MemcachedPeer.LIBRARIES),
                        new Rivals<>("its own client", List.of(MemcachedPeer.CLIENT))),
                """
                The libraries speak the text protocol. Folsom and xmemcached take part with one connection, which is what they do
                by themselves, and with two; more were slower where this was tried. Folsom's callers are woken by its I/O thread
                (`withReplyExecutor(null)`), and spymemcached makes one request of gets that wait together (`shouldOptimize`), as
                xmemcached does by itself: both were faster so. The rest is as it comes. None of them is a cache: reading through
                is a get and a set. *Its own client* is the one inside Larder, without what Larder keeps beside an entry. Called
                as here, Larder alone keeps concurrent callers from loading a key twice, and a load from storing over an
                invalidation.
                """);
    }
}
