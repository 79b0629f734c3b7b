package io.larder.load;

import io.larder.spi.Backend;
import io.larder.spi.Lease;
import io.larder.spi.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Leases on their way back to the backend, which nobody waits for but those who are shown one of them meanwhile. Thread-safe.
 *
 * <p>A backend that hangs would otherwise cost the callers of a failed load one more timeout, for the benefit of others.
 */
final class Releases<K, V> {

    private final Backend<K, V> backend;
    private final Executor executor;
    private final ConcurrentHashMap<String, CompletableFuture<@Nullable Void>> byToken = new ConcurrentHashMap<>();

    Releases(Backend<K, V> backend, Executor executor) {
        this.backend = backend;
        this.executor = executor;
    }

    /** Gives {@code lease} back; can be found before this returns, and until the backend has answered. */
    void begin(K key, Lease<V> lease) {
        CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
        byToken.put(lease.token(), end);
        // A backend that fails here lets the lease run out.
        var unused = asked(key, lease).whenComplete((released, failure) -> {
            byToken.remove(lease.token());
            end.complete(null);
        });
    }

    private CompletableFuture<@Nullable Void> asked(K key, Lease<V> lease) {
        try {
            return backend.release(key, lease).toFuture(executor);
        } catch (RuntimeException thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    /** Returns the end of the release of the lease with {@code token}, or null when none is under way. */
    @Nullable
    Reply<@Nullable Void> find(String token) {
        CompletableFuture<@Nullable Void> end = byToken.get(token);
        return end == null ? null : Reply.pending(end);
    }
}
