package io.larder.memcached;

import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;

/** The caches on the servers of one URL, which share its connections. Thread-safe. */
final class MemcachedBackends implements Backends.OfBytes {

    private final Nodes nodes;
    private final MemcachedConfig config;
    private final BackendContext context;

    MemcachedBackends(Nodes nodes, MemcachedConfig config, BackendContext context) {
        this.nodes = nodes;
        this.config = config;
        this.context = context;
    }

    Nodes nodes() {
        return nodes;
    }

    @Override
    public Backend<String, byte[]> open(CacheSpec<String, byte[]> spec) {
        return new MemcachedBackend(nodes, config, spec, context);
    }

    @Override
    public void close() {
        nodes.close();
    }
}
