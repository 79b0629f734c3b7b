package io.larder.redis;

import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;

/** The caches on the servers of one URL, which share its connections. Thread-safe. */
final class RedisBackends implements Backends.OfBytes {

    private final Connections connections;
    private final Calls calls;
    private final Changes changes;
    private final BackendContext context;

    RedisBackends(Connections connections, BackendContext context) {
        this.connections = connections;
        this.calls = new Calls(connections, context);
        this.changes = Changes.of(connections, context);
        this.context = context;
        // So that the first call need not wait for a client's classes and the way to the server; it tells what fails.
        var unused = connections.leader(0);
    }

    Connections connections() {
        return connections;
    }

    @Override
    public Backend<String, byte[]> open(CacheSpec<String, byte[]> spec) {
        KeyLayout layout = KeyLayout.of(spec.scope(), connections.isCluster());
        RedisBackend backend = new RedisBackend(connections, calls, changes, layout, spec.codec(), context.clock());
        return changes instanceof Bus
                ? new TellingBackend(
                        backend, calls, layout.bus(), connections.config().coherence(), context)
                : backend;
    }

    @Override
    public void close() {
        changes.close();
        connections.close();
    }
}
