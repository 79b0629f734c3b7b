package io.larder.load;

import io.larder.spi.Backend;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.Lookup;
import io.larder.spi.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One read of many keys that loads what is missing in one call. Confined to that call, whose steps follow each other.
 *
 * <p>It loads what it was granted before it waits for what others load, so that two overlapping batches cannot wait for each
 * other.
 */
final class BatchRead<K, V> {

    private final ReadThrough<K, V> reads;
    private final Backend<K, V> backend;
    private final Flights<K, V> flights;
    private final BulkSource<K, V> source;
    private final EntryMaker<V> maker;
    private final @Nullable Flight<?> asker = Flight.current();
    private final Map<K, @Nullable Entry<V>> answers = new LinkedHashMap<>();
    private final List<Turn<K, V>> granted = new ArrayList<>();
    private final List<Turn<K, V>> taken = new ArrayList<>();

    /** A key that the backend had no fresh entry for, and the lease that it showed. */
    private record Turn<K, V>(K key, Lease<V> lease, Flight<V> mine) {}

    BatchRead(
            ReadThrough<K, V> reads,
            Backend<K, V> backend,
            Flights<K, V> flights,
            BulkSource<K, V> source,
            EntryMaker<V> maker) {
        this.reads = reads;
        this.backend = backend;
        this.flights = flights;
        this.source = source;
        this.maker = maker;
    }

    Reply<Map<K, @Nullable V>> run(Collection<K> keys) {
        Set<K> distinct = new LinkedHashSet<>(keys);
        // Entered in the caller's order, which the answers keep.
        distinct.forEach(key -> answers.put(key, null));
        return backend.getAll(distinct)
                .then(this::lookUpMissing)
                .then(done -> loadGranted())
                .recover(this::abandonGranted)
                .then(done -> awaitTaken())
                .map(done -> values());
    }

    private Reply<@Nullable Void> lookUpMissing(Map<K, Entry<V>> found) {
        List<K> missing = new ArrayList<>();
        answers.replaceAll((key, none) -> {
            Entry<V> entry = found.get(key);
            if (entry == null || !reads.isFresh(entry)) {
                missing.add(key);
                return null;
            }
            reads.count(entry);
            return entry;
        });
        List<Flight<V>> flown = missing.stream().map(flights::open).toList();
        List<Reply<@Nullable Lookup<V>>> lookups = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        for (int i = 0; i < flown.size(); i++) {
            lookups.add(reads.lookup(missing.get(i), flown.get(i), maker.tags())
                    .<@Nullable Lookup<V>>map(lookup -> lookup)
                    .recover(failure -> {
                        synchronized (failures) {
                            failures.add(failure);
                        }
                        return Reply.none();
                    }));
        }
        return Reply.all(lookups).then(looked -> {
            for (int i = 0; i < flown.size(); i++) {
                sort(missing.get(i), looked.get(i), flown.get(i));
            }
            // Thrown only now, when it is known which leases have to be given back.
            failures.stream().findFirst().ifPresent(failure -> {
                throw failure;
            });
            return Reply.none();
        });
    }

    private void sort(K key, @Nullable Lookup<V> lookup, Flight<V> mine) {
        if (lookup == null) {
            return;
        }
        reads.count(lookup);
        if (lookup instanceof Lease<V> lease) {
            (ReadThrough.isGranted(lookup, mine) ? granted : taken).add(new Turn<>(key, lease, mine));
        } else {
            answers.put(key, (Entry<V>) lookup);
        }
    }

    private Reply<@Nullable Void> loadGranted() {
        if (granted.isEmpty()) {
            return Reply.none();
        }
        Flight<V> batch = flights.hidden(granted.size());
        granted.forEach(turn -> turn.mine().waitsFor(batch));
        if (asker != null) {
            asker.waitsFor(batch);
        }
        Set<K> keys = granted.stream().map(Turn::key).collect(Collectors.toCollection(LinkedHashSet::new));
        return reads.timed(keys, keys.size(), source.loadAll(keys, batch))
                .then(values -> {
                    batch.end();
                    return storeGranted(values);
                })
                .recover(failure -> {
                    batch.end();
                    throw failure;
                });
    }

    private Reply<@Nullable Void> storeGranted(Map<K, ? extends @Nullable V> values) {
        List<Reply<Entry<V>>> stores = new ArrayList<>();
        for (Turn<K, V> turn : granted) {
            Entry<V> entry = maker.entry(values.get(turn.key()));
            answer(turn.key(), entry);
            stores.add(reads.store(turn.key(), entry, turn.lease(), turn.mine()));
        }
        return Reply.all(stores).then(done -> Reply.none());
    }

    private Reply<@Nullable Void> abandonGranted(RuntimeException failure) {
        granted.forEach(turn -> reads.abandon(turn.key(), turn.lease(), turn.mine(), failure));
        throw failure;
    }

    private Reply<@Nullable Void> awaitTaken() {
        List<Reply<Entry<V>>> waits = new ArrayList<>();
        for (Turn<K, V> turn : taken) {
            Ask<K, V> ask = new Ask<>(turn.key(), source.single(), maker, asker, false);
            // Asked only when it is its turn: a lease taken early would keep others waiting for a load that has not
            // begun.
            waits.add(Reply.none().then(turnHasCome -> reads.answer(ask, turn.lease(), turn.mine())));
        }
        return Reply.all(waits).then(entries -> {
            for (int i = 0; i < entries.size(); i++) {
                answer(taken.get(i).key(), entries.get(i));
            }
            return Reply.none();
        });
    }

    /** Notes a loaded entry; that there is none is told by the key's absence, unless "no such thing" is cached. */
    private void answer(K key, Entry<V> entry) {
        if (!entry.isNothing() || !entry.lifetime().isOver(entry.lifetime().createdMillis())) {
            answers.put(key, entry);
        }
    }

    private Map<K, @Nullable V> values() {
        Map<K, @Nullable V> values = new LinkedHashMap<>();
        answers.forEach((key, entry) -> {
            if (entry != null) {
                values.put(key, entry.value());
            }
        });
        return values;
    }
}
