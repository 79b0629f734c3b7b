package io.larder;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Logs what went wrong, at most once a minute for each cache and kind, with the number of events since. Thread-safe.
 *
 * <p>Dropped and failed loads are not logged: the first is the promise at work, the second reaches the caller.
 */
final class WarningLog implements CacheListener {

    private static final System.Logger LOG = System.getLogger("io.larder");
    private static final long PAUSE_NANOS = 60_000_000_000L;

    private final Clock clock;
    private final ConcurrentHashMap<String, Tally> tallies = new ConcurrentHashMap<>();

    private static final class Tally {
        final AtomicLong count = new AtomicLong();
        final AtomicLong nextNanos;

        Tally(long firstNanos) {
            nextNanos = new AtomicLong(firstNanos);
        }
    }

    WarningLog(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void on(CacheEvent event) {
        if (event instanceof CacheEvent.ReadFailed failed) {
            warn(event, "Reads are answered as misses", failed.cause());
        } else if (event instanceof CacheEvent.Undecodable undecodable) {
            warn(event, "Stored values cannot be decoded and are answered as misses", undecodable.cause());
        } else if (event instanceof CacheEvent.StoreFailed failed) {
            warn(event, "Loaded values cannot be stored", failed.cause());
        } else if (event instanceof CacheEvent.BreakerOpened opened) {
            warn(event, "The backend is not asked any more", opened.cause());
        } else if (event instanceof CacheEvent.WatchRefused refused) {
            warn(event, "The near tier is not told of changes", refused.cause());
        } else if (event instanceof CacheEvent.RecoveryFailed failed) {
            warn(event, "The spare is still used, for the backend cannot be told what was removed", failed.cause());
        }
    }

    private void warn(CacheEvent event, String what, RuntimeException cause) {
        long now = clock.nanos();
        Tally tally = tallies.computeIfAbsent(event.cache() + what, first -> new Tally(now));
        tally.count.incrementAndGet();
        long next = tally.nextNanos.get();
        if (now - next >= 0 && tally.nextNanos.compareAndSet(next, now + PAUSE_NANOS)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Cache ''{0}'': {1} ({2} since the last such line): {3}",
                    event.cache(),
                    what,
                    tally.count.getAndSet(0),
                    cause.toString());
        }
    }
}
