package io.larder.bench.redis;

import io.larder.bench.load.RemoteCache;
import io.larder.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Sees that a peer is a cache on the server, and not something faster, before it is measured. */
final class RedisCheck {

    private static final byte[] OLD = {1, 2, 3};
    private static final byte[] NEW = {4, 5, 6, 7};
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMillis(10);

    private final RedisServer server;

    RedisCheck(RedisServer server) {
        this.server = server;
    }

    void check(RedisPeer peer) {
        server.command("FLUSHALL");
        try (RemoteCache cache = peer.open(server.port(), LONG);
                RemoteCache other = peer.open(server.port(), LONG)) {
            checkReads(peer, cache, other);
            checkReadThrough(peer, cache, other);
            server.command("FLUSHALL");
            require(peer, "ask the server each time", cache.get("a") == null);
        }
        try (RemoteCache cache = peer.open(server.port(), SHORT)) {
            cache.put("a", OLD);
            await(peer, "expire an entry after " + SHORT.toMillis() + " ms", () -> cache.get("a") == null);
        }
    }

    private void checkReads(RedisPeer peer, RemoteCache cache, RemoteCache other) {
        cache.put("a", OLD);
        cache.put("a", NEW);
        cache.put("b", OLD);
        require(peer, "use its own database", server.info("db" + peer.database()) != null);
        require(peer, "return what was put last", Arrays.equals(cache.get("a"), NEW));
        require(peer, "store where others see it", Arrays.equals(other.get("a"), NEW));
        require(peer, "miss what was never put", cache.get("c") == null);
        require(peer, "read many", other.getAll(List.of("a", "b", "c")) == 2);
    }

    private static void checkReadThrough(RedisPeer peer, RemoteCache cache, RemoteCache other) {
        require(peer, "return what was there instead of loading", Arrays.equals(cache.get("a", () -> OLD), NEW));
        require(peer, "return what was loaded", Arrays.equals(cache.get("d", () -> OLD), OLD));
        require(peer, "store what was loaded", Arrays.equals(other.get("d"), OLD));
    }

    private static void await(RedisPeer peer, String what, BooleanSupplier done) {
        long start = System.nanoTime();
        while (!done.getAsBoolean()) {
            require(peer, what, System.nanoTime() - start < PATIENCE.toNanos());
            LockSupport.parkNanos(STEP.toNanos());
        }
    }

    private static void require(RedisPeer peer, String what, boolean done) {
        if (!done) {
            throw new IllegalStateException(
                    peer.label() + " did not " + what + ". Correct its contender before measuring it");
        }
    }
}
