package io.larder.load;

import io.larder.BackendException;
import io.larder.Clock;
import io.larder.spi.Backend;
import io.larder.spi.Capability;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.Lookup;
import io.larder.spi.Reply;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Answers from the backend or, on a miss, from a source whose value it stores. Thread-safe.
 *
 * <p>The lease is the flight: whoever is granted the backend's lease on a key loads it, and everybody who is shown that same lease
 * waits for that load. An invalidation breaks the lease, so that later readers are granted a new one, and start a new load,
 * without anybody having to tell them. Tags are known only after the load, so a flight whose lease did not stand to the end is
 * accepted only by callers who were there before it began; the others ask again, once: the flight they find then began after
 * them. See docs/adr/0003-the-lease-is-the-flight.md.
 */
public final class ReadThrough<K, V> {

    private final Backend<K, V> backend;
    private final boolean local;
    private final LoadEvents events;
    private final Clock clock;
    private final Flights<K, V> flights;
    private final Releases<K, V> releases;

    /**
     * Makes one over {@code backend}, for the cache named {@code cache} in messages; what nobody waits for runs on {@code executor}.
     */
    public ReadThrough(String cache, Backend<K, V> backend, LoadEvents events, Clock clock, Executor executor) {
        this.backend = backend;
        this.local = backend.capabilities().contains(Capability.LOCAL);
        this.events = events;
        this.clock = clock;
        this.flights = new Flights<>(cache);
        this.releases = new Releases<>(backend, executor);
    }

    /**
     * Returns the entry if the backend is in this process and has a fresh one, else null.
     *
     * <p>Asked before {@link #get}, so that a hit in memory does not pay for the preparation of a load.
     */
    public @Nullable Entry<V> near(K key) {
        Entry<V> entry = local ? backend.get(key).join() : null;
        if (entry == null || !isFresh(entry)) {
            return null;
        }
        events.hit();
        return entry;
    }

    /** Returns the entry, loaded and stored if there was none; its value is null when the source has none. */
    public Reply<Entry<V>> get(K key, Source<K, V> source, EntryMaker<V> maker) {
        return answer(new Ask<>(key, source, maker, Flight.current(), false));
    }

    /** Returns the values by key; those that are missing come from one call of {@code source}. */
    public Reply<Map<K, @Nullable V>> getAll(Collection<K> keys, BulkSource<K, V> source, EntryMaker<V> maker) {
        return new BatchRead<>(this, backend, flights, source, maker).run(keys);
    }

    private Reply<Entry<V>> answer(Ask<K, V> ask) {
        return answer(ask, !ask.again());
    }

    private Reply<Entry<V>> answer(Ask<K, V> ask, boolean counts) {
        Flight<V> mine = flights.open(ask.key());
        return lookup(ask.key(), mine, ask.maker().tags()).then(found -> {
            if (counts) {
                count(found);
            }
            return found instanceof Lease<V> lease ? answer(ask, lease, mine) : (Entry<V>) found;
        });
    }

    /** Returns what the backend has; {@code mine} stays open only if it is granted the lease. */
    Reply<Lookup<V>> lookup(K key, Flight<V> mine, boolean tagged) {
        Reply<Lookup<V>> lookup;
        try {
            lookup = backend.getOrLease(key, mine.token(), tagged).map(found -> found);
        } catch (RuntimeException thrown) {
            lookup = Reply.failed(thrown);
        }
        return lookup.recover(failure -> {
                    flights.close(mine.token(), mine);
                    throw failure;
                })
                .map(found -> {
                    if (!isGranted(found, mine)) {
                        flights.close(mine.token(), mine);
                    }
                    return found;
                });
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
        if (other == null && !ask.again()) {
            // It has just landed, or it flies in another process; to ask again tells which.
            return answer(ask.onceMore());
        }
        if (other == null) {
            other = flights.standIn(lease.token(), mine);
            if (other == mine) {
                return fly(ask, lease, mine);
            }
        }
        return other.landing(ask.asker())
                .then(landing -> landing.stood() || ask.again() ? landing.entry() : answer(ask.onceMore()));
    }

    boolean isFresh(Entry<V> entry) {
        return entry.isFreshAsFound(clock);
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
        return timed(key, 1, ask.source().load(key, mine))
                .then(value -> store(key, ask.maker().entry(value), lease, mine))
                .recover(failure -> {
                    throw abandon(key, lease, mine, failure);
                });
    }

    /** Returns {@code load} with its time and its failure told. */
    <T extends @Nullable Object> Reply<T> timed(Object key, int values, Reply<T> load) {
        long start = clock.nanos();
        return load.map(loaded -> {
                    events.loaded(values, clock.nanos() - start);
                    return loaded;
                })
                .recover(failure -> {
                    events.loadFailed(key, failure, clock.nanos() - start);
                    throw failure;
                });
    }

    /** Stores what was loaded, if that may be, and lands the flight with it in any case. */
    Reply<Entry<V>> store(K key, Entry<V> entry, Lease<V> lease, Flight<V> mine) {
        return Reply.none()
                .then(ready -> putLeased(key, entry, lease, mine))
                .recover(failure -> {
                    events.storeFailed(key, failure);
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
    RuntimeException abandon(K key, Lease<V> lease, Flight<V> mine, RuntimeException failure) {
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
