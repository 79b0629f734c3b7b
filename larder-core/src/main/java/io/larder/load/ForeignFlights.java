package io.larder.load;

import io.larder.LoadException;
import io.larder.Stampede;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.Reply;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the loads of other processes, so that a fleet of processes loads once. Thread-safe.
 *
 * <p>One caller asks the backend again and again until the lease is over, at once where the backend tells of a change; the others in this
 * process that are shown the same lease find that caller's <em>wait</em>, a flight with the token of the lease, and wait for it. What
 * comes when the lease is over is an answer to all of them: they were shown it while it stood, so what is stored or begins to load
 * afterwards does so after any invalidation that they know of. See docs/adr/0014-other-processes-are-asked-again.md.
 */
final class ForeignFlights<K, V> {

    /** Three loads that bring nothing: they fail, there is nothing to store, or the key is invalidated all the time. */
    private static final int WAITS_MAX = 3;
    /** Doubled from pause to pause, so that a wait lasts at most about twice as long as the load, and no more than the longest pause longer. */
    private static final long PAUSE_MICROS_MIN = 1_000;

    private static final long PAUSE_MICROS_MAX = 50_000;
    private static final int DOUBLINGS_MAX = 6;

    private final ReadThrough<K, V> reads;
    private final Flights<K, V> flights;
    private final Stampede stampede;
    private final Wakes<K> wakes;

    ForeignFlights(ReadThrough<K, V> reads, Flights<K, V> flights, Stampede stampede) {
        this.reads = reads;
        this.flights = flights;
        this.stampede = stampede;
        this.wakes = new Wakes<>(reads.backend());
    }

    /** Returns whether {@code lease} is another process's, and such leases are waited for, by a caller who still has the patience. */
    boolean areWaitedFor(Ask<K, V> ask, Lease<V> lease) {
        return stampede == Stampede.FLEET && ask.waits() < WAITS_MAX && !flights.isOurs(lease.token());
    }

    /** Waits for the end of {@code lease}, and lands {@code wait}, which is found by its token, with what comes then. */
    Reply<Entry<V>> await(Ask<K, V> ask, Lease<V> lease, Flight<V> wait) {
        if (ask.asker() != null) {
            ask.asker().waitsFor(wait);
        }
        return next(ask.after(wait), wait, 0)
                .map(entry -> {
                    flights.close(lease.token(), wait);
                    wait.land(entry, true);
                    return entry;
                })
                .recover(failure -> {
                    flights.close(lease.token(), wait);
                    if (failure instanceof LoadException) {
                        wait.fail(failure);
                    } else {
                        // This caller's own trouble, such as an interrupt; another one goes on.
                        wait.handOver();
                    }
                    throw failure;
                });
    }

    private Reply<Entry<V>> next(Ask<K, V> ask, Flight<V> wait, int pauses) {
        return pause(ask.key(), pauses).then(over -> {
            Flight<V> mine = flights.open(ask.key());
            return reads.lookup(ask.key(), mine, ReadThrough.terms(ask.maker())).then(found -> {
                if (found instanceof Lease<V> shown) {
                    return isAwaited(shown, wait) ? next(ask, wait, pauses + 1) : reads.answer(ask, shown, mine);
                }
                return (Entry<V>) found;
            });
        });
    }

    /** Returns whether {@code wait} waits for {@code shown}, or did: a server that comes back may show a lease of before. */
    private boolean isAwaited(Lease<V> shown, Flight<V> wait) {
        Flight<V> found = flights.isOurs(shown.token()) ? null : flights.find(shown.token());
        return found != null && found.isWaitingFor(wait);
    }

    /**
     * Returns the pause before the next question; there is none before the first, because a batch was shown the lease a while ago.
     *
     * <p>Half of it at random, so that processes do not ask in step.
     */
    private Reply<@Nullable Void> pause(K key, int pauses) {
        if (pauses == 0) {
            return Reply.none();
        }
        long micros = Math.min(PAUSE_MICROS_MIN << Math.min(pauses - 1, DOUBLINGS_MAX), PAUSE_MICROS_MAX);
        return wakes.pause(key, micros / 2 + ThreadLocalRandom.current().nextLong(micros / 2 + 1));
    }
}
