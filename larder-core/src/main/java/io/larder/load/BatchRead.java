package io.larder.load;

import io.larder.BulkLoadException;
import io.larder.LoadException;
import io.larder.PartialLoadException;
import io.larder.spi.Backend;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lookup;
import io.larder.spi.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    /** The same, with its failures noted where that is wanted. */
    private final BulkSource<K, V> noted;

    private final EntryMaker<V> maker;
    private final @Nullable Flight<?> asker;
    private final long since;
    private final @Nullable Reloads<K, V> reloads;
    private final Map<K, @Nullable Entry<V>> answers = new LinkedHashMap<>();
    /** What may answer in place of a load, and is counted when it is known what does. */
    private final Map<K, Entry<V>> stale = new LinkedHashMap<>();

    /** What is reloaded, though it may be fresh. */
    private final Map<K, Entry<V>> replaced = new HashMap<>();

    /** What could not be loaded; of what others load, on threads of theirs. */
    private final Map<K, Throwable> failed = Collections.synchronizedMap(new LinkedHashMap<>());

    private final List<Turn<K, V>> granted = new ArrayList<>();
    private final List<Turn<K, V>> taken = new ArrayList<>();
    private boolean counts = true;

    /** A key that the backend had no fresh entry for, and the lease that it showed. */
    private record Turn<K, V>(K key, Lease<V> lease, Flight<V> mine) {}

    /** Makes one for {@code asker}, if a loader asks; answers with what is stale as {@code reloads} says, if anybody wants that. */
    BatchRead(
            ReadThrough<K, V> reads,
            BulkSource<K, V> source,
            EntryMaker<V> maker,
            @Nullable Flight<?> asker,
            @Nullable Reloads<K, V> reloads) {
        this.reads = reads;
        this.backend = reads.backend();
        this.flights = reads.flights();
        this.source = source;
        this.noted = reloads == null ? source : reloads.noted(source);
        this.maker = maker;
        this.asker = asker;
        this.since = flights.begun();
        this.reloads = reloads;
    }

    Reply<Map<K, @Nullable V>> run(Collection<K> keys) {
        Set<K> distinct = new LinkedHashSet<>(keys);
        // Entered in the caller's order, which the answers keep.
        distinct.forEach(key -> answers.put(key, null));
        return backend.getAll(distinct)
                .then(found -> lookUp(missing(found)))
                .then(looked -> granted.isEmpty() && taken.isEmpty() ? Reply.ready(values(answers)) : loadWithin());
    }

    /** Loads in place of those of {@code entries} that are still there and whose lease is free; the callers have been answered, and counted. */
    Reply<@Nullable Void> reload(Map<K, Entry<V>> entries) {
        counts = false;
        replaced.putAll(entries);
        return lookUp(List.copyOf(entries.keySet())).then(looked -> loadGranted());
    }

    /** Loads for as long as the caller waits; stale entries answer for all that was to be loaded by then, or has failed, if they can. */
    private Reply<Map<K, @Nullable V>> loadWithin() {
        boolean canBeStale =
                Stream.concat(granted.stream(), taken.stream()).allMatch(turn -> stale.containsKey(turn.key()));
        // Made before the load, which may go on when this caller has gone.
        Map<K, @Nullable Entry<V>> instead = new LinkedHashMap<>(answers);
        instead.putAll(stale);
        int keys = granted.size() + taken.size();
        return reads.limit()
                .on(() -> flights.describeMany(keys), load())
                .map(loaded -> {
                    stale.keySet().forEach(key -> reads.events().miss());
                    return values(answers);
                })
                .recover(failure -> {
                    if (failure instanceof BulkLoadException && stale.keySet().containsAll(failed.keySet())) {
                        stale.forEach((key, entry) -> {
                            if (failed.containsKey(key)) {
                                answers.put(key, entry);
                                reads.events().staleHit();
                            } else {
                                reads.events().miss();
                            }
                        });
                        return Reply.ready(values(answers));
                    }
                    if (!canBeStale) {
                        throw failure;
                    }
                    stale.keySet().forEach(key -> reads.events().staleHit());
                    return Reply.ready(values(instead));
                });
    }

    private Reply<@Nullable Void> load() {
        return loadGranted().then(done -> awaitTaken()).then(done -> {
            if (!failed.isEmpty()) {
                throw failure();
            }
            return Reply.none();
        });
    }

    /** Notes what is fresh, or stale and answered as it is, begins to reload what is due of that, and returns the keys of the rest. */
    private List<K> missing(Map<K, Entry<V>> found) {
        List<K> missing = new ArrayList<>();
        Map<K, Entry<V>> due = new LinkedHashMap<>();
        answers.replaceAll((key, none) -> {
            Entry<V> entry = found.get(key);
            boolean fresh = entry != null && reads.isFresh(entry);
            if (entry == null || (!fresh && reloads == null)) {
                missing.add(key);
                return null;
            }
            if (fresh) {
                reads.count(entry);
            } else if (reloads != null && reloads.isAnsweredNow(key)) {
                reads.events().staleHit();
            } else {
                stale.put(key, entry);
                missing.add(key);
                return null;
            }
            if (!fresh || reads.isDue(entry)) {
                due.put(key, entry);
            }
            return entry;
        });
        if (reloads != null) {
            reloads.reload(due, source, maker);
        }
        return missing;
    }

    private Reply<@Nullable Void> lookUp(List<K> missing) {
        List<Flight<V>> flown = missing.stream().map(flights::open).toList();
        List<Reply<@Nullable Lookup<V>>> lookups = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        for (int i = 0; i < flown.size(); i++) {
            lookups.add(reads.lookup(missing.get(i), flown.get(i), terms(missing.get(i)))
                    .<@Nullable Lookup<V>>map(lookup -> lookup)
                    .recover(failure -> {
                        synchronized (failures) {
                            failures.add(failure);
                        }
                        return Reply.none();
                    }));
        }
        return Reply.all(lookups)
                .<@Nullable Void>then(looked -> {
                    for (int i = 0; i < flown.size(); i++) {
                        sort(missing.get(i), looked.get(i), flown.get(i));
                    }
                    // Thrown only now, when it is known which leases have to be given back.
                    failures.stream().findFirst().ifPresent(failure -> {
                        throw failure;
                    });
                    return Reply.none();
                })
                .recover(this::abandonGranted);
    }

    private LeaseTerms terms(K key) {
        Entry<V> entry = replaced.get(key);
        return entry == null
                ? ReadThrough.terms(maker)
                : ReadThrough.terms(maker).over(entry);
    }

    private void sort(K key, @Nullable Lookup<V> lookup, Flight<V> mine) {
        if (lookup == null) {
            return;
        }
        if (lookup instanceof Entry<V> entry) {
            stale.remove(key);
            answers.put(key, entry);
        } else {
            Turn<K, V> turn = new Turn<>(key, (Lease<V>) lookup, mine);
            (ReadThrough.isGranted(lookup, mine) ? granted : taken).add(turn);
        }
        if (counts && !stale.containsKey(key)) {
            reads.count(lookup);
        }
    }

    private Reply<@Nullable Void> loadGranted() {
        if (granted.isEmpty()) {
            return Reply.none();
        }
        Flight<V> batch = flights.hidden(granted.size());
        granted.forEach(turn -> {
            flights.begin(turn.mine());
            turn.mine().waitsFor(batch);
        });
        if (asker != null) {
            asker.waitsFor(batch);
        }
        Set<K> keys = granted.stream().map(Turn::key).collect(Collectors.toCollection(LinkedHashSet::new));
        long startNanos = reads.nanos();
        return reads.timed(keys, keys.size(), batch, () -> noted.loadAll(keys, batch))
                .then(values -> {
                    batch.end();
                    return storeGranted(values, Map.of(), startNanos);
                })
                .recover(failure -> {
                    batch.end();
                    return failure.getCause() instanceof PartialLoadException some
                            ? storeGranted(BulkSource.valuesOf(some), some.failures(), startNanos)
                            : abandonGranted(failure);
                });
    }

    /** Stores what was loaded, and ends the flights of the keys that failed. */
    private Reply<@Nullable Void> storeGranted(
            Map<K, ? extends @Nullable V> values, Map<?, Throwable> failures, long startNanos) {
        List<Reply<Entry<V>>> stores = new ArrayList<>();
        for (Turn<K, V> turn : granted) {
            Throwable failure = failures.get(turn.key());
            if (failure != null) {
                reads.abandon(turn.key(), turn.lease(), turn.mine(), failure);
                failed.put(turn.key(), failure);
                continue;
            }
            Entry<V> entry = reads.loaded(maker, values.get(turn.key()), startNanos);
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
        List<Reply<@Nullable Entry<V>>> waits = new ArrayList<>();
        for (Turn<K, V> turn : taken) {
            Ask<K, V> ask = Ask.of(turn.key(), noted.single(), maker, asker, since);
            // Asked only when it is its turn: a lease taken early would keep others waiting for a load that has not
            // begun.
            waits.add(Reply.none()
                    .then(turnHasCome -> reads.answer(ask, turn.lease(), turn.mine()))
                    .<@Nullable Entry<V>>map(entry -> entry)
                    .recover(failure -> {
                        if (failure instanceof LoadException) {
                            failed.put(turn.key(), failure.getCause() == null ? failure : failure.getCause());
                            return Reply.none();
                        }
                        throw failure;
                    }));
        }
        return Reply.all(waits).then(entries -> {
            for (int i = 0; i < entries.size(); i++) {
                Entry<V> entry = entries.get(i);
                if (entry != null) {
                    answer(taken.get(i).key(), entry);
                }
            }
            return Reply.none();
        });
    }

    private BulkLoadException failure() {
        Map.Entry<K, Throwable> first = failed.entrySet().iterator().next();
        return new BulkLoadException(
                "Cannot load " + failed.size() + " of " + answers.size() + " keys, the first of them "
                        + flights.describe(first.getKey()) + ": " + first.getValue(),
                values(answers),
                failed);
    }

    /** Notes a loaded entry; that there is none is told by the key's absence, unless "no such thing" is cached. */
    private void answer(K key, Entry<V> entry) {
        if (!entry.isNothing() || !entry.lifetime().isOver(entry.lifetime().createdMillis())) {
            answers.put(key, entry);
        }
    }

    private Map<K, @Nullable V> values(Map<K, @Nullable Entry<V>> entries) {
        Map<K, @Nullable V> values = new LinkedHashMap<>();
        entries.forEach((key, entry) -> {
            if (entry != null) {
                values.put(key, entry.value());
            }
        });
        return values;
    }
}
