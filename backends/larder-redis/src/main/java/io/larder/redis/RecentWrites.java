package io.larder.redis;

import io.larder.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Remembers for a while what this program wrote, so that it reads that from the leader and not from a replica that may lag.
 * Thread-safe.
 *
 * <p>Keys share a fixed number of places; who shares one with a key that was written reads from the leader too, which is never wrong.
 */
final class RecentWrites {

    private static final int PLACES = 4_096;

    private final Clock clock;
    private final long rememberedNanos;
    private final AtomicLongArray forgottenAtNanos = new AtomicLongArray(PLACES);
    /** For writes whose keys are not known. */
    private final AtomicLong allForgottenAtNanos = new AtomicLong();
    /** For reads of many keys. */
    private final AtomicLong anyForgottenAtNanos = new AtomicLong();

    RecentWrites(Clock clock, Duration remembered) {
        this.clock = clock;
        this.rememberedNanos = remembered.toNanos();
        long now = clock.nanos();
        allForgottenAtNanos.set(now);
        anyForgottenAtNanos.set(now);
        for (int i = 0; i < PLACES; i++) {
            forgottenAtNanos.set(i, now);
        }
    }

    void wrote(int hash) {
        long forgottenAt = clock.nanos() + rememberedNanos;
        forgottenAtNanos.set(place(hash), forgottenAt);
        anyForgottenAtNanos.set(forgottenAt);
    }

    /** Every key may have been written, as by the invalidation of a tag. */
    void wroteAnything() {
        long forgottenAt = clock.nanos() + rememberedNanos;
        allForgottenAtNanos.set(forgottenAt);
        anyForgottenAtNanos.set(forgottenAt);
    }

    boolean has(int hash) {
        long now = clock.nanos();
        return forgottenAtNanos.get(place(hash)) - now > 0 || allForgottenAtNanos.get() - now > 0;
    }

    boolean hasAny() {
        return anyForgottenAtNanos.get() - clock.nanos() > 0;
    }

    private static int place(int hash) {
        return (hash ^ (hash >>> 16)) & (PLACES - 1);
    }
}
