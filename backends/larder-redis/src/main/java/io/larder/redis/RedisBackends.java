package io.larder.redis;

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
final class RedisBackends implements Backends.OfBytes {

    private final Connections connections;
    private final Calls calls;
    private final Changes changes;
    private final BackendContext context;
    private final @Nullable String peer;
    private final PeerLayouts peerLayouts = new PeerLayouts();

    /** Makes them; {@code peer} is the other program in whose layout they are, if there is one. */
    RedisBackends(Connections connections, @Nullable String peer, BackendContext context) {
        this.connections = connections;
        this.peer = peer;
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
        if (peer != null) {
            return openPeer(peerLayouts.of(peer, spec));
        }
        KeyLayout layout = KeyLayout.of(spec.scope(), connections.isCluster());
        RedisBackend backend = new RedisBackend(connections, calls, changes, layout, spec.codec(), context.clock());
        return changes instanceof Bus
                ? new TellingBackend(
                        backend, calls, layout.bus(), connections.config().coherence(), context)
                : backend;
    }

    private Backend<String, byte[]> openPeer(PeerLayout layout) {
        if (layout.hasTags() && connections.isCluster()) {
            throw new ConfigException(
                    "'peer=" + layout.system() + "' keeps an entry and its tags under names that a cluster"
                            + " keeps apart. Use one server, replicas or sentinels");
        }
        return new PeerBackend(
                new PeerCommands(calls, layout, connections.config().maxValueBytes(), context.clock()),
                layout,
                context.clock());
    }

    @Override
    public void close() {
        changes.close();
        connections.close();
    }
}
