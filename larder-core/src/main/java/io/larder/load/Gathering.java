package io.larder.load;

import io.larder.spi.Entry;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Gathers what different callers reload by the same source for a while, and hands it on together. Thread-safe. */
final class Gathering<K, V> {

    /** Does what was gathered. */
    @FunctionalInterface
    interface Work<K, V> {
        void run(Map<K, Entry<V>> due, BulkSource<K, V> source, EntryMaker<V> maker);
    }

    /** What can be loaded together. */
    private record Kind<K, V>(BulkSource<K, V> source, EntryMaker<V> maker) {}

    private final RefreshRules rules;
    private final Executor executor;
    private final Work<K, V> work;
    /** Guarded by itself. What is in it is never empty, and has its time set. */
    private final Map<Kind<K, V>, Map<K, Entry<V>>> gathered = new HashMap<>();

    Gathering(RefreshRules rules, Executor executor, Work<K, V> work) {
        this.rules = rules;
        this.executor = executor;
        this.work = work;
    }

    void add(Map<K, Entry<V>> due, BulkSource<K, V> source, EntryMaker<V> maker) {
        if (rules.within().isZero()) {
            work.run(due, source, maker);
            return;
        }
        Kind<K, V> kind = new Kind<>(source, maker);
        due.forEach((key, entry) -> add(key, entry, kind));
    }

    private void add(K key, Entry<V> entry, Kind<K, V> kind) {
        boolean isFirst;
        Map<K, Entry<V>> batch;
        synchronized (gathered) {
            isFirst = !gathered.containsKey(kind);
            batch = gathered.computeIfAbsent(kind, first -> new LinkedHashMap<>());
            batch.put(key, entry);
            if (batch.size() < rules.batchMax()) {
                batch = isFirst ? batch : Map.of();
            } else {
                gathered.remove(kind);
                isFirst = false;
            }
        }
        if (isFirst) {
            Map<K, Entry<V>> own = batch;
            CompletableFuture.delayedExecutor(
                            TimeUnit.NANOSECONDS.convert(rules.within()), TimeUnit.NANOSECONDS, executor)
                    .execute(() -> end(kind, own));
        } else if (!batch.isEmpty()) {
            work.run(batch, kind.source(), kind.maker());
        }
    }

    /** Hands on {@code batch}, unless it was full before. */
    private void end(Kind<K, V> kind, Map<K, Entry<V>> batch) {
        synchronized (gathered) {
            if (gathered.get(kind) != batch) {
                return;
            }
            gathered.remove(kind);
        }
        work.run(batch, kind.source(), kind.maker());
    }
}
