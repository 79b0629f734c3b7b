package io.larder.bench.memory;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Sees that a peer does what the tables say it does, before it is measured doing it. */
final class SelfCheck {

    private static final int CAPACITY = 1_000;
    private static final int PUTS = 10 * CAPACITY;
    /** Bounds are kept a little late, and by some per segment. */
    private static final int KEPT_MAX = CAPACITY * 11 / 10;

    private static final int KEPT_MIN = CAPACITY * 8 / 10;
    private static final Duration TTL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMillis(10);

    private SelfCheck() {}

    static void all() {
        for (Peer peer : Peer.values()) {
            checkBound(peer);
            if (peer.expires()) {
                checkExpiry(peer);
            }
        }
    }

    private static void checkBound(Peer peer) {
        try (Contender contender = peer.open(CAPACITY, MemoryBenchmark.TTL)) {
            contender.put("a", "1");
            contender.put("a", "2");
            require(peer, "return what was put last", () -> "2".equals(contender.get("a")));
            require(peer, "miss what was never put", () -> contender.get("b") == null);

            for (int number = 0; number < PUTS; number++) {
                contender.put("key:" + number, "value");
            }
            require(peer, "keep between " + KEPT_MIN + " and " + KEPT_MAX + " of " + PUTS + " entries", () -> {
                int kept = kept(contender);
                return kept >= KEPT_MIN && kept <= KEPT_MAX;
            });
        }
    }

    private static void checkExpiry(Peer peer) {
        try (Contender contender = peer.open(CAPACITY, TTL)) {
            contender.put("a", "1");
            require(peer, "expire an entry after " + TTL.toMillis() + " ms", () -> contender.get("a") == null);
        }
    }

    private static int kept(Contender contender) {
        int kept = 0;
        for (int number = 0; number < PUTS; number++) {
            kept += contender.get("key:" + number) == null ? 0 : 1;
        }
        return kept;
    }

    private static void require(Peer peer, String what, BooleanSupplier done) {
        long start = System.nanoTime();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException(peer.label() + " did not " + what + " within " + PATIENCE.toSeconds()
                        + " s. Correct its contender before measuring it");
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
    }
}
