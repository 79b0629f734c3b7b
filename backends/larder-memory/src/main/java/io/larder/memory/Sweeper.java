package io.larder.memory;

import io.larder.spi.BackendContext;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import java.util.Iterator;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reclaims expired entries that nobody reads, a part of the cache at a time. Thread-safe.
 *
 * <p>Nobody can see an expired entry; this only gives its memory back. A whole round takes about {@value #ROUND_SECONDS} seconds
 * however large the cache is, and costs nothing while no entry has a deadline.
 */
final class Sweeper<K, V> implements AutoCloseable {

    private static final int ROUND_SECONDS = 30;
    private static final int STEP_ENTRIES_MIN = 20_000;

    private final Supplier<Room<K, V>> rooms;
    private final BackendContext context;
    private final Future<?> schedule;
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private volatile boolean expected;
    /** Guarded by {@code sweeping}. */
    private @Nullable Room<K, V> swept;
    /** Guarded by {@code sweeping}. */
    private @Nullable Iterator<HeldEntry<K, V>> position;

    Sweeper(Supplier<Room<K, V>> rooms, BackendContext context) {
        this.rooms = rooms;
        this.context = context;
        this.schedule = context.scheduler().scheduleWithFixedDelay(this::start, 1, 1, TimeUnit.SECONDS);
    }

    void expect(Entry<?> entry) {
        if (!expected) {
            expect(entry.lifetime());
        }
    }

    void expect(Lifetime lifetime) {
        if (!expected && lifetime.keepUntilMillis() != Lifetime.NEVER) {
            expected = true;
        }
    }

    private void start() {
        if (expected && sweeping.compareAndSet(false, true)) {
            try {
                context.executor().execute(this::sweep);
            } catch (RejectedExecutionException e) {
                // The executor is busy or closing; the next round tries again.
                sweeping.set(false);
            }
        }
    }

    private void sweep() {
        try {
            step();
        } finally {
            forgetIfClosed();
            sweeping.set(false);
        }
    }

    /** Looks at the next part of the cache. */
    void step() {
        Room<K, V> room = rooms.get();
        Iterator<HeldEntry<K, V>> entries = position;
        if (entries == null || room != swept || !entries.hasNext()) {
            entries = room.entries.stream().iterator();
        }
        swept = room;
        position = entries;
        int limit = Math.max(STEP_ENTRIES_MIN, room.entries.size() / ROUND_SECONDS);
        for (int i = 0; i < limit && entries.hasNext(); i++) {
            HeldEntry<K, V> held = entries.next();
            if (!held.isKept(context.clock())) {
                room.removeIfOver(held.key);
            }
        }
    }

    @Override
    public void close() {
        schedule.cancel(false);
        if (sweeping.compareAndSet(false, true)) {
            forgetIfClosed();
            sweeping.set(false);
        }
    }

    /** Lets go of the entries, which a cache in somebody's hands would otherwise hold on to. */
    private void forgetIfClosed() {
        if (schedule.isCancelled()) {
            swept = null;
            position = null;
        }
    }
}
