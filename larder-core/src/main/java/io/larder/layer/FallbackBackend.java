package io.larder.layer;

import io.larder.BackendException;
import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.ChangeListener;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.Lookup;
import io.larder.spi.Pages;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import io.larder.spi.Watch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Uses a spare, in this process, while the first backend is not asked. Thread-safe.
 *
 * <p>Every write and removal that goes to the spare is noted in a {@link Ledger} first. When the first backend answers again, it is told to
 * remove all that was noted, while calls still go to the spare; writes that come at the very end wait for it. Only then it is asked again,
 * and the spare is emptied. A lease means something to the backend alone that granted it, so what began to load on one is not stored on the
 * other. See docs/adr/0015-a-spare-with-a-ledger.md.
 */
public final class FallbackBackend<V> extends ForwardingBackend<String, V> {

    private static final int KEYS_AT_ONCE_MAX = 512;
    /** How often the ledger is read anew before its last lines are told while writes wait. */
    private static final int ROUNDS_MAX = 5;

    private enum Mode {
        /** The first backend is used. */
        FIRST,
        /** The spare is used, and the ledger written. */
        SPARE,
        /** The spare is read; writes wait for the end of the recovery. */
        SETTLING
    }

    private final BreakerBackend<String, V> first;
    private final Breaker breaker;
    private final Backend<String, V> spare;
    private final Ledger ledger;
    private final OutageEvents events;
    private final Executor executor;
    private final long timeoutMillis;
    /** Guards the ledger, changes of the mode, and what is written to the spare. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Those of near tiers, which may have copies of what was in the spare. */
    private final Set<ChangeListener<String>> listeners = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean recovering = new AtomicBoolean();
    private volatile Mode mode;
    private volatile CompletableFuture<@Nullable Void> settled = CompletableFuture.completedFuture(null);
    private volatile long recoverAtNanos;

    /** Makes one that recovers on {@code executor}, and lets a write wait for that so long at most; what is in {@code ledger} is told first. */
    public FallbackBackend(
            BreakerBackend<String, V> first,
            Backend<String, V> spare,
            Ledger ledger,
            OutageEvents events,
            Executor executor,
            long timeoutMillis) {
        super(first);
        this.first = first;
        this.breaker = first.breaker();
        this.spare = spare;
        this.ledger = ledger;
        this.events = events;
        this.executor = executor;
        this.timeoutMillis = timeoutMillis;
        this.recoverAtNanos = breaker.nanos();
        this.mode = ledger.isEmpty() ? Mode.FIRST : Mode.SPARE;
    }

    /** Looks whether the first backend can be used again; for a timer, in case nobody calls. */
    public void check() {
        isFirst();
    }

    private boolean isFirst() {
        boolean asked = first.isAsked();
        if (asked && mode == Mode.FIRST) {
            return true;
        }
        if (asked) {
            recoverLater();
        } else if (mode == Mode.FIRST) {
            turnToSpare();
        }
        return false;
    }

    private void turnToSpare() {
        lock.lock();
        try {
            mode = mode == Mode.FIRST ? Mode.SPARE : mode;
        } finally {
            lock.unlock();
        }
    }

    private Backend<String, V> read() {
        return isFirst() ? first : spare;
    }

    /** Makes a call that removes or replaces {@code removals}. */
    private <T extends @Nullable Object> Reply<T> write(
            List<Removal> removals, Supplier<Reply<T>> onFirst, Supplier<Reply<T>> onSpare) {
        if (isFirst()) {
            // A load on the spare may have begun before this call ended.
            return onFirst.get().map(done -> {
                if (mode != Mode.FIRST) {
                    removals.forEach(removal -> removal.from(spare).join());
                }
                return done;
            });
        }
        return Reply.<Reply<T>>deferred(() -> writeToSpare(removals, onFirst, onSpare))
                .then(reply -> reply);
    }

    private <T extends @Nullable Object> Reply<T> writeToSpare(
            List<Removal> removals, Supplier<Reply<T>> onFirst, Supplier<Reply<T>> onSpare) {
        lock.lock();
        try {
            if (mode == Mode.SPARE) {
                ledger.note(removals);
                return Reply.ready(onSpare.get().join());
            }
        } finally {
            lock.unlock();
        }
        Reply<@Nullable Void> wait = Reply.pending(settled);
        return (timeoutMillis == Long.MAX_VALUE ? wait : wait.within(timeoutMillis))
                .then(over -> write(removals, onFirst, onSpare));
    }

    private void recoverLater() {
        if (breaker.isPast(recoverAtNanos) && recovering.compareAndSet(false, true)) {
            try {
                executor.execute(this::recover);
            } catch (RejectedExecutionException closed) {
                // The next process that opens the cache does it.
                recovering.set(false);
            }
        }
    }

    /** Recovers, for the one caller who has set {@code recovering}. */
    private void recover() {
        if (mode == Mode.FIRST) {
            recovering.set(false);
            return;
        }
        List<Removal> taken = new ArrayList<>();
        try {
            int news = KEYS_AT_ONCE_MAX;
            for (int round = 0; round < ROUNDS_MAX && news >= KEYS_AT_ONCE_MAX; round++) {
                news = tell(take(Mode.SPARE), taken);
            }
            settled = new CompletableFuture<>();
            tell(take(Mode.SETTLING), taken);
            turnToFirst();
        } catch (RuntimeException failure) {
            backToSpare(taken);
            recoverAtNanos = breaker.nanosAfterPause();
            events.recoveryFailed(breaker.address(), failure);
        } finally {
            recovering.set(false);
            settled.complete(null);
        }
    }

    private List<Removal> take(Mode next) {
        lock.lock();
        try {
            mode = next;
            return ledger.take();
        } finally {
            lock.unlock();
        }
    }

    /** Tells the first backend what to remove, and returns how much that was. */
    private int tell(List<Removal> removals, List<Removal> taken) {
        taken.addAll(removals);
        List<String> keys = new ArrayList<>();
        for (Removal removal : removals) {
            if (removal.kind() == Removal.Kind.KEY) {
                keys.add(removal.text());
            } else {
                removal.from(first).join();
            }
        }
        for (int i = 0; i < keys.size(); i += KEYS_AT_ONCE_MAX) {
            first.removeAll(keys.subList(i, Math.min(i + KEYS_AT_ONCE_MAX, keys.size())))
                    .join();
        }
        return removals.size();
    }

    private void turnToFirst() {
        lock.lock();
        try {
            ledger.erase();
            spare.clear().join();
            // What was read from the spare must be in no near tier that is trusted again.
            listeners.forEach(told -> told.changed(KeyPattern.ALL));
            mode = Mode.FIRST;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    private void backToSpare(List<Removal> taken) {
        lock.lock();
        try {
            ledger.putBack(taken);
            mode = Mode.SPARE;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Reply<@Nullable Entry<V>> get(String key) {
        return read().get(key);
    }

    @Override
    public @Nullable Entry<V> getNow(String key) {
        return isFirst() ? first.getNow(key) : null;
    }

    @Override
    public Reply<Map<String, Entry<V>>> getAll(Collection<String> keys) {
        return read().getAll(keys);
    }

    @Override
    public Reply<? extends Lookup<V>> getOrLease(String key, String token, LeaseTerms terms) {
        return read().getOrLease(key, token, terms);
    }

    @Override
    public Reply<Boolean> putLeased(String key, Entry<V> entry, Lease<V> lease) {
        return read().putLeased(key, entry, lease);
    }

    @Override
    public Reply<@Nullable Void> release(String key, Lease<V> lease) {
        return read().release(key, lease);
    }

    @Override
    public Reply<Boolean> put(String key, Entry<V> entry, PutMode mode) {
        return write(keys(List.of(key)), () -> first.put(key, entry, mode), () -> spare.put(key, entry, mode));
    }

    @Override
    public Reply<@Nullable Void> putAll(Map<String, Entry<V>> entries) {
        return write(keys(entries.keySet()), () -> first.putAll(entries), () -> spare.putAll(entries));
    }

    @Override
    public Reply<Boolean> remove(String key) {
        return write(keys(List.of(key)), () -> first.remove(key), () -> spare.remove(key));
    }

    @Override
    public Reply<Long> removeAll(Collection<String> keys) {
        return write(keys(keys), () -> first.removeAll(keys), () -> spare.removeAll(keys));
    }

    @Override
    public Reply<Boolean> expire(String key, Lifetime lifetime) {
        return write(keys(List.of(key)), () -> first.expire(key, lifetime), () -> spare.expire(key, lifetime));
    }

    /** Fails while the spare is used: a sum that is given up when the first backend is back would be wrong for ever. */
    @Override
    public Reply<Long> add(String key, long delta, Entry<Long> initial) {
        return isFirst()
                ? first.add(key, delta, initial)
                : Reply.failed(BackendException.passing(
                        breaker.address() + " is not asked, and its spare does not count. Count again when it is back",
                        null));
    }

    @Override
    public Reply<Long> invalidateTag(String tag) {
        return write(
                List.of(new Removal(Removal.Kind.TAG, tag)),
                () -> first.invalidateTag(tag),
                () -> spare.invalidateTag(tag));
    }

    @Override
    public Pages<KeyedEntry<String, V>> entriesByTag(String tag) {
        return read().entriesByTag(tag);
    }

    @Override
    public Pages<String> keys(KeyPattern pattern) {
        return read().keys(pattern);
    }

    @Override
    public Pages<KeyedEntry<String, V>> entries(KeyPattern pattern) {
        return read().entries(pattern);
    }

    @Override
    public Reply<Long> removeMatching(KeyPattern pattern) {
        return write(
                List.of(new Removal(Removal.Kind.PATTERN, pattern.toString())),
                () -> first.removeMatching(pattern),
                () -> spare.removeMatching(pattern));
    }

    @Override
    public Reply<@Nullable Void> clear() {
        return write(List.of(Removal.ALL), first::clear, spare::clear);
    }

    /** Covers nothing while the spare is used, and tells that all may have changed when that is over. */
    @Override
    public @Nullable Watch<String> watch(ChangeListener<String> told) {
        Watch<String> watch = first.watch(told);
        if (watch == null) {
            return null;
        }
        listeners.add(told);
        return new FirstWatch(watch, () -> mode == Mode.FIRST, () -> listeners.remove(told));
    }

    /** Asks the first backend, and makes use of its answer before it returns. */
    @Override
    public Reply<@Nullable Void> ping() {
        return first.ping()
                .then(answered -> mode == Mode.FIRST
                        ? Reply.none()
                        : Reply.deferred(() -> {
                            if (recovering.compareAndSet(false, true)) {
                                recover();
                            }
                            return null;
                        }));
    }

    @Override
    public Reply<BackendInfo> info() {
        String use = isFirst() ? "ready" : "in use";
        return first.info().map(info -> info.with("fallback", use));
    }

    @Override
    public List<BackendInfo> known() {
        return first.known().stream().map(this::withUse).toList();
    }

    private BackendInfo withUse(BackendInfo info) {
        return info.with("fallback", mode == Mode.FIRST ? "ready" : "in use");
    }

    @Override
    public void close() {
        first.close();
        spare.close();
        lock.lock();
        try {
            ledger.close();
        } finally {
            lock.unlock();
        }
    }

    private static List<Removal> keys(Collection<String> keys) {
        return keys.stream().map(key -> new Removal(Removal.Kind.KEY, key)).toList();
    }
}
