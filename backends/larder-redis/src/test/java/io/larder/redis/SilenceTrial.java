package io.larder.redis;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.Larder;
import io.larder.testkit.servers.RedisServer;
import io.larder.testkit.trials.Caches;
import io.larder.testkit.trials.StopClock;
import io.larder.testkit.trials.TrialRow;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Measures by how much calls outlast their timeout where no answer comes. */
final class SilenceTrial {

    private static final int TIMEOUT_MILLIS = 200;
    private static final int THREADS = 16;
    private static final int CALLS_EACH = 8;

    private SilenceTrial() {}

    /** A server that accepts connections and nothing else. */
    static TrialRow neverAnswers() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
                Larder larder = Larder.open("redis://127.0.0.1:" + silent.getLocalPort() + "?connect-timeout=1h"
                        + "&on-error=throw&timeout=" + TIMEOUT_MILLIS + "ms")) {
            return run("never answers", Caches.texts(larder));
        }
    }

    /** A server that is stopped in mid-use. */
    static TrialRow hangs() throws Exception {
        try (RedisServer server = RedisServer.start();
                Larder larder = Larder.open(Urls.of(server) + "?on-error=throw&timeout=" + TIMEOUT_MILLIS + "ms")) {
            Cache<String, String> cache = Caches.texts(larder);
            cache.put("a", "1");
            server.pause();
            try {
                return run("hangs", cache);
            } finally {
                server.resume();
            }
        }
    }

    private static TrialRow run(String server, Cache<String, String> cache) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<Double>>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Callable<Object> call = i % 2 == 0
                        ? () -> cache.get("a")
                        : () -> cache.async().get("a").get();
                running.add(pool.submit(() -> times(call)));
            }
            List<Double> millis = new ArrayList<>();
            for (Future<List<Double>> each : running) {
                millis.addAll(each.get());
            }
            return new TrialRow()
                    .with("server", server)
                    .with("timeout, ms", TIMEOUT_MILLIS)
                    .with("calls", millis.size())
                    .withMillis("a call, ms: median / max", millis);
        } finally {
            pool.shutdownNow();
        }
    }

    private static List<Double> times(Callable<Object> call) throws Exception {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < CALLS_EACH; i++) {
            StopClock clock = StopClock.start();
            try {
                throw new IllegalStateException("Nobody should have answered, but " + call.call() + " came");
            } catch (BackendException | ExecutionException timeout) {
                millis.add(clock.millis());
            }
        }
        return millis;
    }
}
