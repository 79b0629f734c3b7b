package io.larder.load;

import io.larder.Clock;
import io.larder.spi.Entry;
import io.larder.spi.Reply;
import io.larder.url.Units;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers with the value there is while one caller reloads it: a stale one, also when the reload fails, or one that soon will be.
 * Thread-safe.
 *
 * <p>The backend is asked for the stale value before it is asked for the lease. What was invalidated before the caller came is not
 * found, so the caller loads as on any miss; what is invalidated later ends the lease of the reload, which is then not stored. So a
 * stale value is never older than the entry's last invalidation, and needs no fence of its own.
 */
public final class Reloads<K, V> {

    private final ReadThrough<K, V> reads;
    private final LoadEvents events;
    private final Executor executor;
    private final LoadRules rules;
    private final RetryPause<K> pause;
    private final Gathering<K, V> gathering;
    /** The keys that are being reloaded and nobody waits for, so that those who find them stale leave it at that. */
    private final Set<K> reloading = ConcurrentHashMap.newKeySet();

    /** Makes one over {@code reads}; what is loaded for a stale value is loaded on {@code executor}. */
    public Reloads(ReadThrough<K, V> reads, Clock clock, Executor executor, LoadRules rules) {
        this.reads = reads;
        this.events = reads.events();
        this.executor = executor;
        this.rules = rules;
        this.pause = new RetryPause<>(clock, rules.staleRetry());
        this.gathering = new Gathering<>(rules.refresh(), executor, this::reloadTogether);
    }

    /** Returns the entry, fresh, stale or loaded; its value is null when the source has none. */
    public Reply<Entry<V>> get(K key, Source<K, V> source, EntryMaker<V> maker) {
        // Asked on this thread, for the steps below may run on others, where the flight that asks is not known.
        Flight<?> asker = Flight.current();
        return reads.backend().get(key).then(found -> {
            if (found == null) {
                return reads.answer(reads.ask(key, source, maker, asker), true);
            }
            if (reads.isFresh(found)) {
                events.hit();
                if (reads.isDue(found)) {
                    reload(found, key, source, maker);
                }
                return found;
            }
            return isAnsweredNow(key) ? now(found, key, source, maker) : afterWait(found, key, source, maker, asker);
        });
    }

    /** Returns the values by key, stale ones among them; those that are missing come from one call of {@code source}. */
    public Reply<Map<K, @Nullable V>> getAll(Collection<K> keys, BulkSource<K, V> source, EntryMaker<V> maker) {
        return new BatchRead<>(reads, source, maker, Flight.current(), this).run(keys);
    }

    private Entry<V> now(Entry<V> stale, K key, Source<K, V> source, EntryMaker<V> maker) {
        reload(stale, key, source, maker);
        events.staleHit();
        return stale;
    }

    private void reload(Entry<V> entry, K key, Source<K, V> source, EntryMaker<V> maker) {
        if (pause.isOver(key) && reloading.add(key)) {
            var unused = reads.reload(key, entry, pause.around(source), maker)
                    .toFuture(executor)
                    .whenComplete((loaded, failure) -> reloading.remove(key));
        }
    }

    private Reply<Entry<V>> afterWait(
            Entry<V> stale, K key, Source<K, V> source, EntryMaker<V> maker, @Nullable Flight<?> asker) {
        CompletableFuture<Entry<V>> load = reads.answer(reads.ask(key, pause.around(source), maker, asker), false)
                .toFuture(executor);
        Reply<Entry<V>> waited = Reply.pending(load);
        if (!rules.staleWait().equals(Units.NEVER)) {
            waited = waited.within(TimeUnit.MILLISECONDS.convert(rules.staleWait()));
        }
        return waited.then(loaded -> {
                    events.miss();
                    return loaded;
                })
                .recover(failure -> {
                    events.staleHit();
                    return stale;
                });
    }

    /** Returns whether a stale value under {@code key} answers without waiting for its reload. */
    boolean isAnsweredNow(K key) {
        return rules.staleWait().isZero() || !pause.isOver(key);
    }

    /** Begins to reload what a read of many keys was answered with. */
    void reload(Map<K, Entry<V>> answered, BulkSource<K, V> source, EntryMaker<V> maker) {
        Map<K, Entry<V>> due = new LinkedHashMap<>(answered);
        due.keySet().removeIf(key -> !pause.isOver(key) || !reloading.add(key));
        if (!due.isEmpty()) {
            gathering.add(due, source, maker);
        }
    }

    private void reloadTogether(Map<K, Entry<V>> due, BulkSource<K, V> source, EntryMaker<V> maker) {
        var unused = new BatchRead<>(reads, pause.aroundMany(source), maker, null, null)
                .reload(due)
                .toFuture(executor)
                .whenComplete((loaded, failure) -> reloading.removeAll(due.keySet()));
    }

    /** Returns {@code source}, whose failures are noted. */
    BulkSource<K, V> noted(BulkSource<K, V> source) {
        return pause.aroundMany(source);
    }
}
