package io.larder.memcached;

import io.larder.ConfigException;
import io.larder.peer.PeerBackend;
import io.larder.peer.PeerLayout;
import io.larder.peer.PeerLayouts;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import org.jspecify.annotations.Nullable;

/** The caches on the servers of one URL, which share its connections. Thread-safe. */
final class MemcachedBackends implements Backends.OfBytes {

    private final Nodes nodes;
    private final MemcachedConfig config;
    private final @Nullable String peer;
    private final PeerLayouts peerLayouts = new PeerLayouts();
    private final BackendContext context;

    /** Makes them; {@code peer} is the other program in whose layout they are, if there is one. */
    MemcachedBackends(Nodes nodes, MemcachedConfig config, @Nullable String peer, BackendContext context) {
        this.nodes = nodes;
        this.config = config;
        this.peer = peer;
        this.context = context;
    }

    Nodes nodes() {
        return nodes;
    }

    @Override
    public Backend<String, byte[]> open(CacheSpec<String, byte[]> spec) {
        return peer == null
                ? new MemcachedBackend(nodes, config, spec, context)
                : openPeer(peerLayouts.of(peer, spec), spec.codec());
    }

    private Backend<String, byte[]> openPeer(PeerLayout layout, String codec) {
        boolean typed = !layout.isEnveloped();
        if (typed && !codec.equals("pickle")) {
            throw new ConfigException("'peer=" + layout.system() + "' marks values on memcached as pickles, and '"
                    + codec + "' writes others. Leave 'codec' out");
        }
        return new PeerBackend(
                new PeerItems(nodes, typed, config.maxValueBytes(), context.clock()), layout, context.clock());
    }

    @Override
    public void close() {
        nodes.close();
    }
}
