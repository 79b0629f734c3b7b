package io.larder.load;

import io.larder.spi.Backend;
import io.larder.spi.ChangeListener;
import io.larder.spi.KeyPattern;
import io.larder.spi.Reply;
import io.larder.spi.Watch;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Pauses before a backend is asked about a key again, that end early where it tells that the key has changed. Thread-safe.
 *
 * <p>Only a hint: what is not told, or is told before the pause, costs the rest of it. The watch is begun with the first pause, and ends
 * with the backend.
 */
final class Wakes<K> implements ChangeListener<K> {

    private final Backend<K, ?> backend;
    private final AtomicBoolean watching = new AtomicBoolean();
    private final ConcurrentHashMap<K, CompletableFuture<@Nullable Void>> pauses = new ConcurrentHashMap<>();

    Wakes(Backend<K, ?> backend) {
        this.backend = backend;
    }

    /** Returns when {@code micros} are over, or the key has changed; one that waits for the key already may make it shorter. */
    Reply<@Nullable Void> pause(K key, long micros) {
        if (watching.compareAndSet(false, true)) {
            Watch<K> unused = backend.watch(this);
        }
        CompletableFuture<@Nullable Void> pause = pauses.computeIfAbsent(key, same -> new CompletableFuture<>());
        // Timers of the JDK: the Larder's scheduler forgets its tasks when it is closed, and with them the callers.
        var unused = pause.completeOnTimeout(null, micros, TimeUnit.MICROSECONDS)
                .whenComplete((over, never) -> pauses.remove(key, pause));
        return Reply.pending(pause);
    }

    @Override
    public void changed(K key) {
        wake(pauses.get(key));
    }

    @Override
    public void changed(KeyPattern keys) {
        pauses.values().forEach(Wakes::wake);
    }

    /** Says nothing of those that wait, for a lease has no tags. */
    @Override
    public void changedTag(String tag) {}

    /** Costs the rest of each pause. */
    @Override
    public void refused(RuntimeException cause) {}

    private static void wake(@Nullable CompletableFuture<@Nullable Void> pause) {
        if (pause != null) {
            pause.complete(null);
        }
    }
}
