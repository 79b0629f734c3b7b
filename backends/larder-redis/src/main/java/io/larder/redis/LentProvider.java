package io.larder.redis;

import io.larder.ConfigException;
import io.larder.redis.RedisAddress.Kind;
import io.larder.redis.RedisAddress.Login;
import io.larder.redis.RedisAddress.Node;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens {@code redis:} on a client that was lent. Immutable. */
final class LentProvider implements BackendProvider {

    private static final Login UNTOLD = new Login(null, null);

    private final RedisAddress address;
    private final Function<Target, Connections> connections;

    LentProvider(RedisAddress address, Function<Target, Connections> connections) {
        this.address = address;
        this.connections = connections;
    }

    /** Returns what messages have to know of the application's URI. */
    static RedisAddress address(RedisURI uri) {
        String socket = text(uri.getSocket());
        boolean isSentinel = !uri.getSentinels().isEmpty();
        List<RedisURI> named = isSentinel ? uri.getSentinels() : socket.isEmpty() ? List.of(uri) : List.of();
        return new RedisAddress(
                isSentinel ? Kind.SENTINEL : Kind.SERVER,
                named.stream()
                        .map(each -> new Node(text(each.getHost()), each.getPort()))
                        .toList(),
                socket,
                text(uri.getSentinelMasterId()),
                uri.getDatabase(),
                UNTOLD,
                UNTOLD,
                uri.isSsl());
    }

    /** Returns what messages have to know of a cluster's client, which does not tell its URIs. */
    static RedisAddress clusterAddress() {
        return new RedisAddress(Kind.CLUSTER, List.of(), "", "", 0, UNTOLD, UNTOLD, false);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("redis");
    }

    @Override
    public ParameterSet parameters() {
        return RedisConfig.USE;
    }

    @Override
    public Backends open(CacheUrl url, BackendContext context) {
        if (!url.scheme().equals("redis")
                || !url.hosts().isEmpty()
                || !url.path().isEmpty()
                || url.user() != null) {
            throw new ConfigException(
                    "'" + url + "' names a place, but the client that was lent knows its own. Write 'redis:'");
        }
        RedisConfig config = RedisConfig.STANDARD.with(url);
        RedisProvider.requireReplicas(config, address, url);
        Duration timeout = RedisProvider.timeout(url);
        RedisErrors errors = new RedisErrors(address, config.link().connectTimeout(), timeout);
        Target target = new Target(address, config, url + " (" + address.name() + ")", timeout, errors, context);
        return new RedisBackends(connections.apply(target), null, context);
    }
}
