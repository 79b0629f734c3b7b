package io.larder.memcached;

import io.larder.ConfigException;
import io.larder.memcached.client.ClientSettings;
import io.larder.memcached.client.IoThreads;
import io.larder.memcached.client.MemcachedServer;
import io.larder.memcached.client.Placement;
import io.larder.memcached.client.WeightedServer;
import io.larder.peer.PeerLayout;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens memcached, one server or several. Immutable. */
public final class MemcachedProvider implements BackendProvider {

    private static final Duration BACKOFF_MIN = Duration.ofMillis(MemcachedConfig.RECONNECT_MILLIS_MIN);
    /** One is enough for a few hundred thousand calls a second; a second one keeps a listing from holding them up. */
    private static final int IO_THREADS = 2;

    /** The Python caches that keep entries on memcached. */
    private static final List<String> ON_MEMCACHED = List.of("ddf", "ellar", "yokedcache");

    private final MemcachedConfig standard;

    /** Makes one for URLs alone; the ServiceLoader calls this. */
    public MemcachedProvider() {
        this(MemcachedConfig.STANDARD);
    }

    /** Makes one with settings for what a URL leaves out, to be given to {@link io.larder.LarderBuilder#provider}. */
    public MemcachedProvider(MemcachedConfig standard) {
        this.standard = standard;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("memcached", "memcacheds", "memcached+unix");
    }

    @Override
    public ParameterSet parameters() {
        return MemcachedConfig.PARAMETERS.and(new ParameterSet(List.of(PeerLayout.PARAMETER)));
    }

    @Override
    public void check(CacheUrl url) {
        MemcachedConfig config = standard.with(url);
        var unusedPeer = peer(url);
        if (MemcachedAddress.of(url).isTls()) {
            var unused = config.tls().context();
        }
    }

    private static @Nullable String peer(CacheUrl url) {
        String peer = PeerLayout.system(url.parameters());
        if (peer != null && !ON_MEMCACHED.contains(peer)) {
            throw new ConfigException("'peer' of '" + url + "' must be one of " + String.join(", ", ON_MEMCACHED)
                    + ", was '" + peer + "', which keeps nothing on memcached. Use redis:");
        }
        return peer;
    }

    @Override
    public Backends open(CacheUrl url, BackendContext context) {
        check(url);
        MemcachedConfig config = standard.with(url);
        MemcachedAddress address = MemcachedAddress.of(url);
        Duration given = url.parameters().duration("timeout");
        Duration timeout = given == null ? Duration.ofSeconds(1) : given;
        ClientSettings settings = settings(config, address, timeout);
        MemcachedErrors errors = new MemcachedErrors(address.isTls(), config.connectTimeout(), timeout);
        IoThreads threads = IoThreads.start("larder-memcached", IO_THREADS);
        Absences absences = config.onDead() == MemcachedConfig.OnDead.REHASH
                ? new Absences(address.servers().size(), config.reconnectMax(), context.scheduler())
                : null;
        List<Node> nodes = new ArrayList<>();
        for (WeightedServer each : address.servers()) {
            MemcachedServer server = new MemcachedServer(each.address(), settings, threads);
            nodes.add(new Node(
                    nodes.size(),
                    server,
                    errors,
                    context.scheduler(),
                    absences == null ? node -> {} : absences::begin));
        }
        Placement placement = config.hash().placement(address.servers());
        return new MemcachedBackends(
                new Nodes(url.toString(), nodes, placement, threads, absences), config, peer(url), context);
    }

    private static ClientSettings settings(MemcachedConfig config, MemcachedAddress address, Duration timeout) {
        ClientSettings settings = ClientSettings.DEFAULT
                .withTimeouts(config.connectTimeout(), timeout.isZero() ? Duration.ofMillis(1) : timeout)
                .withBackoff(BACKOFF_MIN, config.reconnectMax());
        if (address.login() != null) {
            settings = settings.withCredentials(address.login());
        }
        return address.isTls() ? settings.withTls(config.tls().context()) : settings;
    }
}
