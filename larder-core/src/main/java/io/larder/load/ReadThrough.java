package io.larder.load;

import io.larder.BackendException;
import io.larder.Clock;
import io.larder.Observation;
import io.larder.spi.Backend;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lookup;
import io.larder.spi.Reply;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers from the backend or, on a miss, from a source whose value it stores. Thread-safe.
 *
 * <p>The lease is the flight: whoever is granted the backend's lease on a key loads it, and everybody who is shown that same lease
 * waits for that load. An invalidation breaks the lease, so that later readers are granted a new one, and start a new load,
 * without anybody having to tell them. Tags are known only after the load, so a flight whose lease did not stand to the end is
 * accepted only by callers who were there before it began; the others ask again. A load that began before
 * they came they may find twice, if the backend fails in between, but never a third time. See docs/adr/0003-the-lease-is-the-flight.md.
 */
public final class ReadThrough<K, V> {

    private final Backend<K, V> backend;
    private final LoadRules rules;
    private final LoadEvents events;
    private final Clock clock;
    private final Flights<K, V> flights;
    private final Releases<K, V> releases;
    private final ForeignFlights<K, V> foreign;
    private final LoadLimit limit;

    /**
     * Makes one over {@code backend}, for the cache named {@code cache} in messages; what nobody waits for, or not for ever, runs on
     * {@code executor}.
     */
    public ReadThrough(
            String cache, Backend<K, V> backend, LoadRules rules, LoadEvents events, Clock clock, Executor executor) {
        this.backend = backend;
        this.rules = rules;
        this.events = events;
        this.clock = clock;
        this.flights = new Flights<>(cache);
        this.releases = new Releases<>(backend, executor);
        this.foreign = new ForeignFlights<>(this, flights, rules.stampede());
        this.limit = new LoadLimit(rules.loadTimeout(), executor);
    }

    /**
     * Returns the entry if a fresh one that is not to be reloaded yet is at hand in this process, else null.
     *
     * <p>Asked before {@link #get}, so that a hit in memory does not pay for the preparation of a load.
     */
    public @Nullable Entry<V> near(K key) {
        Entry<V> entry = backend.getNow(key);
        if (entry == null || !isFresh(entry) || isDue(entry)) {
            return null;
        }
        events.hit();
        return entry;
    }

    /** Returns the entry, loaded and stored if there was none; its value is null when the source has none. */
    public Reply<Entry<V>> get(K key, Source<K, V> source, EntryMaker<V> maker) {
        return answer(ask(key, source, maker, Flight.current()), true);
    }

    /** Returns the values by key; those that are missing come from one call of {@code source}. */
    public Reply<Map<K, @Nullable V>> getAll(Collection<K> keys, BulkSource<K, V> source, EntryMaker<V> maker) {
        return new BatchRead<>(this, source, maker, Flight.current(), null).run(keys);
    }

    /** Returns the question of a caller who has just come. */
    Ask<K, V> ask(K key, Source<K, V> source, EntryMaker<V> maker, @Nullable Flight<?> asker) {
        return Ask.of(key, source, maker, asker, flights.begun());
    }

    Reply<Entry<V>> answer(Ask<K, V> ask, boolean counts) {
        Flight<V> mine = flights.open(ask.key());
        return lookup(ask.key(), mine, terms(ask.maker())).then(found -> {
            if (counts) {
                count(found);
            }
            return found instanceof Lease<V> lease ? limited(ask, lease, mine) : (Entry<V>) found;
        });
    }

    /** Returns what the backend has; {@code mine} stays open only if it is granted the lease. */
    Reply<Lookup<V>> lookup(K key, Flight<V> mine, LeaseTerms terms) {
        Reply<Lookup<V>> lookup;
        try {
            lookup = backend.getOrLease(key, mine.token(), terms).map(found -> found);
        } catch (RuntimeException thrown) {
            lookup = Reply.failed(thrown);
        }
        return lookup.recover(failure -> {
                    flights.close(mine.token(), mine);
                    // The lease may be granted, and shown to others: it is only the answer that is lost for certain.
                    mine.handOver();
                    throw failure;
                })
                .map(found -> {
                    if (!isGranted(found, mine)) {
                        flights.close(mine.token(), mine);
                        // It may have been granted, shown to others, and broken, before the backend answered.
                        mine.handOver();
                    }
                    return found;
                });
    }

    private Reply<Entry<V>> limited(Ask<K, V> ask, Lease<V> lease, Flight<V> mine) {
        Reply<Entry<V>> load = answer(ask, lease, mine);
        // Who asks again is limited already.
        return ask.again() ? load : limit.on(() -> flights.describe(ask.key()), load);
    }

    /** Answers what the backend had only a lease for: by a load of one's own, or by waiting for the one that holds it. */
    Reply<Entry<V>> answer(Ask<K, V> ask, Lease<V> lease, Flight<V> mine) {
        if (isGranted(lease, mine)) {
            return fly(ask, lease, mine);
        }
        Flight<V> other = flights.find(lease.token());
        Reply<@Nullable Void> release = other == null ? releases.find(lease.token()) : null;
        if (release != null) {
            // Asked before that, this load could not be stored.
            return release.then(released -> answer(ask, false));
        }
        boolean awaited = foreign.areWaitedFor(ask, lease);
        if (other == null && !ask.again() && !awaited) {
            // It has just landed, or it flies in another process; to ask again tells which.
            return answer(ask.onceMore(), false);
        }
        if (other == null) {
            Flight<V> own = flights.another(ask.key());
            other = flights.standIn(lease.token(), own);
            if (other == own) {
                return awaited ? foreign.await(ask, lease, own) : fly(ask, lease, own);
            }
        }
        return other.landing(ask.asker()).then(landing -> {
            Entry<V> entry = landing.answer(ask);
            return entry == null ? answer(ask.onceMore(), false) : entry;
        });
    }

    /**
     * Loads and stores in place of {@code entry}, if that is still there and the lease is free; else somebody, here or in another process,
     * has been or is at it, and nobody waits for that.
     */
    Reply<@Nullable Void> reload(K key, Entry<V> entry, Source<K, V> source, EntryMaker<V> maker) {
        Flight<V> mine = flights.open(key);
        return lookup(key, mine, terms(maker).over(entry))
                .then(found -> isGranted(found, mine)
                        ? fly(ask(key, source, maker, null), (Lease<V>) found, mine)
                                .then(stored -> Reply.none())
                        : Reply.none());
    }

    /**
     * Loads and stores, if there is nothing fresh that {@code terms} let stand and the lease is free, and returns whether it was stored; else
     * somebody, here or in another process, has been or is at it, and nobody waits for that. No read, so neither a hit nor a miss.
     */
    public Reply<Boolean> fill(K key, Source<K, V> source, EntryMaker<V> maker, LeaseTerms terms) {
        Flight<V> mine = flights.open(key);
        return lookup(key, mine, terms).then(found -> {
            if (!isGranted(found, mine)) {
                return Reply.ready(false);
            }
            Reply<Entry<V>> load = fly(ask(key, source, maker, null), (Lease<V>) found, mine);
            return limit.on(() -> flights.describe(key), load)
                    .map(entry -> mine.isStored() && !entry.lifetime().isOver(clock.millis()));
        });
    }

    Backend<K, V> backend() {
        return backend;
    }

    Flights<K, V> flights() {
        return flights;
    }

    LoadLimit limit() {
        return limit;
    }

    long nanos() {
        return clock.nanos();
    }

    LoadEvents events() {
        return events;
    }

    boolean isFresh(Entry<V> entry) {
        return entry.isFreshAsFound(clock);
    }

    /** Returns whether a fresh entry is to be reloaded before it is stale. */
    boolean isDue(Entry<V> entry) {
        return rules.refresh().isAhead()
                && rules.refresh()
                        .isDue(
                                entry,
                                clock.millis(),
                                ThreadLocalRandom.current().nextDouble());
    }

    /** Returns the entry of {@code value}, with the time that its load took, if anybody wants to know that. */
    Entry<V> loaded(EntryMaker<V> maker, @Nullable V value, long startNanos) {
        Entry<V> entry = maker.entry(value);
        if (rules.refresh().early() == 0) {
            return entry;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(clock.nanos() - startNanos) + 1;
        return entry.withLoadMillis((int) Math.min(millis, Integer.MAX_VALUE));
    }

    static LeaseTerms terms(EntryMaker<?> maker) {
        return maker.tags() ? LeaseTerms.TAGGED : LeaseTerms.UNTAGGED;
    }

    void count(Lookup<V> found) {
        if (found instanceof Entry<V>) {
            events.hit();
        } else {
            events.miss();
        }
    }

    /** Loads and stores; a flight that stands in for one of another process's may load, but not store. */
    private Reply<Entry<V>> fly(Ask<K, V> ask, Lease<V> lease, Flight<V> mine) {
        K key = ask.key();
        if (ask.asker() != null) {
            ask.asker().waitsFor(mine);
        }
        flights.begin(mine);
        long startNanos = clock.nanos();
        return timed(key, 1, mine, () -> ask.source().load(key, mine))
                .then(value -> store(key, loaded(ask.maker(), value, startNanos), lease, mine))
                .recover(failure -> {
                    throw abandon(key, lease, mine, failure);
                });
    }

    /** Returns {@code load}, which {@code flight} makes, with its time and its failure told. */
    <T extends @Nullable Object> Reply<T> timed(Object key, int values, Flight<V> flight, Supplier<Reply<T>> load) {
        Observation observation = events.loadBegins(key);
        flight.observe(observation);
        long start = clock.nanos();
        return load.get()
                .map(loaded -> {
                    events.loaded(values, clock.nanos() - start);
                    observation.end(null);
                    return loaded;
                })
                .recover(failure -> {
                    events.loadFailed(key, failure, clock.nanos() - start);
                    observation.end(failure);
                    throw failure;
                });
    }

    /** Stores what was loaded, if that may be, and lands the flight with it in any case. */
    Reply<Entry<V>> store(K key, Entry<V> entry, Lease<V> lease, Flight<V> mine) {
        return Reply.none()
                .then(ready -> putLeased(key, entry, lease, mine))
                .recover(failure -> {
                    events.storeFailed(key, failure);
                    mine.noteUnstored(failure);
                    release(key, lease, mine);
                    return Reply.ready(false);
                })
                .map(stood -> {
                    flights.close(lease.token(), mine);
                    mine.land(entry, stood);
                    return entry;
                });
    }

    private Reply<Boolean> putLeased(K key, Entry<V> entry, Lease<V> lease, Flight<V> mine) {
        if (!isGranted(lease, mine)) {
            return Reply.ready(false);
        }
        Reply<Boolean> stored;
        try {
            stored = backend.putLeased(key, entry, lease);
        } catch (RuntimeException | Error thrown) {
            // A codec or a weigher of the caller's; it must not cost the waiters their value.
            return Reply.failed(BackendException.lasting("Storing failed with " + thrown, thrown));
        }
        return stored.map(stood -> {
            if (!stood) {
                events.loadDropped(key);
            }
            return stood;
        });
    }

    /** Gives the lease back, lands the flight with the failure, and returns that as callers get it. */
    RuntimeException abandon(K key, Lease<V> lease, Flight<V> mine, Throwable failure) {
        RuntimeException told = mine.failed(failure);
        release(key, lease, mine);
        flights.close(lease.token(), mine);
        mine.fail(told);
        return told;
    }

    /** Begins to give the lease back, so that the next caller may load; before the flight is closed, so that one of them is found. */
    private void release(K key, Lease<V> lease, Flight<V> mine) {
        if (isGranted(lease, mine)) {
            releases.begin(key, lease);
        }
    }

    static <V> boolean isGranted(Lookup<V> found, Flight<V> mine) {
        return found instanceof Lease<V> lease && lease.token().equals(mine.token());
    }
}
