package io.larder.bench.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Sees that a peer is a cache on the server, and not something faster, before it is measured. */
public final class LoadCheck {

    private static final byte[] OLD = {1, 2, 3};
    private static final byte[] NEW = everyByte();
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMillis(10);

    private final LoadServer server;

    /** Takes a server that nobody else uses. */
    public LoadCheck(LoadServer server) {
        this.server = server;
    }

    /** Throws when the peer is none. */
    public void check(LoadPeer peer) {
        int port = server.process().port();
        Duration ttlShort = server.ttlShort();
        server.clear().run();
        try (RemoteCache cache = peer.open(port, LONG);
                RemoteCache other = peer.open(port, LONG)) {
            checkReads(peer, cache, other);
            checkReadThrough(peer, cache, other);
            server.clear().run();
            require(peer, "ask the server each time", cache.get("a") == null);
        }
        try (RemoteCache cache = peer.open(port, ttlShort)) {
            cache.put("a", OLD);
            await(peer, "expire an entry after " + ttlShort.toMillis() + " ms", () -> cache.get("a") == null);
        }
    }

    private static void checkReads(LoadPeer peer, RemoteCache cache, RemoteCache other) {
        cache.put("a", OLD);
        cache.put("a", NEW);
        cache.put("b", OLD);
        require(peer, "return what was put last", Arrays.equals(cache.get("a"), NEW));
        require(peer, "store where others see it", Arrays.equals(other.get("a"), NEW));
        require(peer, "miss what was never put", cache.get("c") == null);
        require(peer, "read many", other.getAll(List.of("a", "b", "c")) == 2);
    }

    private static void checkReadThrough(LoadPeer peer, RemoteCache cache, RemoteCache other) {
        require(peer, "return what was there instead of loading", Arrays.equals(cache.get("a", () -> OLD), NEW));
        require(peer, "return what was loaded", Arrays.equals(cache.get("d", () -> OLD), OLD));
        require(peer, "store what was loaded", Arrays.equals(other.get("d"), OLD));
    }

    private static void await(LoadPeer peer, String what, BooleanSupplier done) {
        long start = System.nanoTime();
        while (!done.getAsBoolean()) {
            require(peer, what, System.nanoTime() - start < PATIENCE.toNanos());
            LockSupport.parkNanos(STEP.toNanos());
        }
    }

    private static void require(LoadPeer peer, String what, boolean done) {
        if (!done) {
            throw new IllegalStateException(
                    peer.label() + " did not " + what + ". Correct its contender before measuring it");
        }
    }

    /** Returns 1 KiB of all that bytes can be, lines' ends among them. */
    private static byte[] everyByte() {
        byte[] bytes = new byte[1_024];
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = (byte) index;
        }
        return bytes;
    }
}
