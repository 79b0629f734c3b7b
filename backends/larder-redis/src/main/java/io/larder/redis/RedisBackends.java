package io.larder.redis;

import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;

/** The caches on the servers of one URL, which share its connections. Thread-safe. */
final class RedisBackends implements Backends.OfBytes {

    private final Connections connections;
    private final Calls calls;
    private final Tracking tracking;
    private final BackendContext context;

    RedisBackends(Connections connections, BackendContext context) {
        this.connections = connections;
        this.calls = new Calls(connections, context);
        this.tracking = new Tracking(connections, context);
        this.context = context;
        // So that the first call need not wait for a client's classes and the way to the server; it tells what fails.
        var unused = connections.leader(0);
    }

    Connections connections() {
        return connections;
    }

    @Override
    public Backend<String, byte[]> open(CacheSpec<String, byte[]> spec) {
        return new RedisBackend(
                connections,
                calls,
                tracking,
                KeyLayout.of(spec.scope(), connections.isCluster()),
                spec.codec(),
                context.clock());
    }

    @Override
    public void close() {
        tracking.close();
        connections.close();
    }
}
