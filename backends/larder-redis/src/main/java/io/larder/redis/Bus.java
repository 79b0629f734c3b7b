package io.larder.redis;

import io.larder.Clock;
import io.larder.spi.BackendContext;
import io.larder.spi.ChangeListener;
import io.larder.spi.Watch;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells near tiers what changes by what each program says of its own changes, for servers that do not tell. Thread-safe.
 *
 * <p>{@link TellingBackend} writes it to a stream, of which {@link BusWatch} reads.
 */
final class Bus implements Changes {

    private final Connections connections;
    private final BackendContext context;
    private final Backoff backoff;
    private final Set<BusWatch> watches = ConcurrentHashMap.newKeySet();
    /** Guarded by {@code this}. */
    private @Nullable RedisClient client;

    private volatile boolean closed;

    Bus(Connections connections, BackendContext context) {
        this.connections = connections;
        this.context = context;
        this.backoff = new Backoff(connections.config().link().reconnectMax());
        connections.onLeaderLost(() -> watches.forEach(BusWatch::changedAll));
    }

    @Override
    public Watch<String> watch(KeyLayout layout, ChangeListener<String> told) {
        BusWatch watch = new BusWatch(this, layout.bus(), told);
        watches.add(watch);
        context.executor().execute(() -> watch.begin(0));
        return watch;
    }

    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connect(byte[] stream) {
        return connections.leaderUri(stream).thenCompose(uri -> client().connectAsync(ByteArrayCodec.INSTANCE, uri));
    }

    private synchronized RedisClient client() {
        RedisClient known = client;
        if (known == null) {
            known = Clients.withoutReconnect(connections.client());
            client = known;
        }
        return known;
    }

    void later(int failures, Runnable step) {
        if (!closed) {
            try {
                long millis = backoff.createDelay(failures + 1).toMillis();
                var unused = context.scheduler()
                        .schedule(() -> context.executor().execute(step), millis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException shutDown) {
                // The Larder closes.
            }
        }
    }

    Clock clock() {
        return context.clock();
    }

    RedisCoherence config() {
        return connections.config().coherence();
    }

    /** A server does not let us read, which is told once and is final. */
    void refused(BusWatch watch, Throwable failure) {
        if (watches.remove(watch)) {
            watch.close();
            watch.told().refused(config().refusal("the bus", connections.explain(failure)));
        }
    }

    void remove(BusWatch watch) {
        watches.remove(watch);
    }

    @Override
    public void close() {
        closed = true;
        List<BusWatch> closing = List.copyOf(watches);
        closing.forEach(BusWatch::close);
        RedisClient ending;
        synchronized (this) {
            ending = client;
        }
        if (ending != null) {
            Clients.shutDown(
                    ending,
                    CompletableFuture.allOf(
                            closing.stream().map(BusWatch::closing).toArray(CompletableFuture<?>[]::new)));
        }
    }
}
