package io.larder.load;

import io.larder.Clock;
import io.larder.PartialLoadException;
import io.larder.spi.Reply;
import io.larder.url.Units;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Keeps a source that has failed for a key from being asked for it again at once. Thread-safe. */
final class RetryPause<K> {

    /** How many keys are remembered; for the next one the first is forgotten, and its source may be asked too early. */
    static final int KEYS_MAX = 10_000;

    private final Clock clock;
    private final Duration pause;
    /** By key, the time at which it may be loaded again, in the order of their failures. Guarded by itself. */
    private final Map<K, Long> overAtNanos = new LinkedHashMap<>();

    RetryPause(Clock clock, Duration pause) {
        this.clock = clock;
        this.pause = pause;
    }

    boolean isOver(K key) {
        synchronized (overAtNanos) {
            Long overAt = overAtNanos.get(key);
            return overAt == null || clock.nanos() - overAt >= 0;
        }
    }

    /** Returns {@code source}, which begins a pause when it fails, ends it when it succeeds, and is not asked meanwhile. */
    <V> Source<K, V> around(Source<K, V> source) {
        return (key, flight) -> {
            // Whoever looked before the last load failed may be granted the lease after it.
            if (!isOver(key)) {
                return Reply.failed(flight.refused("its source has failed and is asked again after " + Units.text(pause)
                        + ", as 'stale-retry' says"));
            }
            return source.load(key, flight)
                    .recover(failure -> {
                        begin(key);
                        throw failure;
                    })
                    .map(value -> {
                        end(key);
                        return value;
                    });
        };
    }

    /** Returns {@code source}, which begins a pause for all its keys when it fails, and ends them when it succeeds. */
    <V> BulkSource<K, V> aroundMany(BulkSource<K, V> source) {
        return (keys, flight) -> source.loadAll(keys, flight)
                .recover(failure -> {
                    Set<?> failed = failure.getCause() instanceof PartialLoadException some
                            ? some.failures().keySet()
                            : keys;
                    for (K key : keys) {
                        if (failed.contains(key)) {
                            begin(key);
                        } else {
                            end(key);
                        }
                    }
                    throw failure;
                })
                .map(values -> {
                    keys.forEach(this::end);
                    return values;
                });
    }

    private void begin(K key) {
        synchronized (overAtNanos) {
            overAtNanos.remove(key);
            overAtNanos.put(key, clock.nanos() + TimeUnit.NANOSECONDS.convert(pause));
            if (overAtNanos.size() > KEYS_MAX) {
                overAtNanos.remove(first(overAtNanos.keySet()));
            }
        }
    }

    private void end(K key) {
        synchronized (overAtNanos) {
            overAtNanos.remove(key);
        }
    }

    private static <K> K first(Collection<K> keys) {
        return keys.iterator().next();
    }
}
