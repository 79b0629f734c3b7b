package io.larder.redis;

import io.larder.ConfigException;
import io.larder.peer.PeerLayout;
import io.larder.redis.RedisAddress.Kind;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Opens Redis in all its shapes: a server, replicas, what sentinels watch, a cluster. Immutable. */
public final class RedisProvider implements BackendProvider {

    private final RedisConfig standard;

    /** Makes one for URLs alone; the ServiceLoader calls this. */
    public RedisProvider() {
        this(RedisConfig.STANDARD);
    }

    /** Makes one with settings for what a URL leaves out, to be given to {@link io.larder.LarderBuilder#provider}. */
    public RedisProvider(RedisConfig standard) {
        this.standard = standard;
    }

    /**
     * Returns a provider that opens {@code redis:} on a client that the application keeps; the connections are ours and are closed, the
     * client stays as it is.
     *
     * <p>Its options decide what happens to calls while there is no connection: Lettuce's standard sends again what was under way when one
     * broke, so that a counter can count twice. {@code DisconnectedBehavior.REJECT_COMMANDS} prevents that.
     *
     * @param uri a server, or sentinels and their service
     */
    public static BackendProvider lent(RedisClient client, RedisURI uri) {
        return new LentProvider(
                LentProvider.address(uri),
                target -> new NodeConnections(target, client, uri, () -> null, closing -> {}));
    }

    /** Returns a provider that opens {@code redis:} on a cluster's client that the application keeps, as the other {@code lent} does. */
    public static BackendProvider lent(RedisClusterClient client) {
        return new LentProvider(
                LentProvider.clusterAddress(), target -> new ClusterConnections(target, client, closing -> {}));
    }

    @Override
    public Set<String> schemes() {
        return Set.of("redis", "rediss", "redis+unix", "redis+replicas", "redis+sentinel", "redis+cluster");
    }

    @Override
    public ParameterSet parameters() {
        return RedisConfig.PARAMETERS.and(new ParameterSet(List.of(PeerLayout.PARAMETER)));
    }

    @Override
    public void check(CacheUrl url) {
        RedisConfig config = standard.with(url);
        RedisAddress address = RedisAddress.of(url);
        requireReplicas(config, address, url);
        if (PeerLayout.system(url.parameters()) != null
                && (config.read() != RedisConfig.Read.LEADER || config.waitReplicas() > 0)) {
            throw new ConfigException("'peer' of '" + url + "' goes with neither 'read' nor 'wait-replicas':"
                    + " plain commands ask the leader alone. Leave them out");
        }
        if (address.isTls()) {
            config.tls().check();
        }
    }

    @Override
    public Backends open(CacheUrl url, BackendContext context) {
        check(url);
        RedisConfig config = standard.with(url);
        RedisAddress address = RedisAddress.of(url);
        Duration timeout = timeout(url);
        RedisErrors errors = new RedisErrors(address, config.link().connectTimeout(), timeout);
        Target target = new Target(address, config, url.toString(), timeout, errors, context);
        return new RedisBackends(
                new Clients(address, config, timeout).connections(target),
                PeerLayout.system(url.parameters()),
                context);
    }

    static void requireReplicas(RedisConfig config, RedisAddress address, CacheUrl url) {
        if (config.read() != RedisConfig.Read.LEADER && address.kind() == Kind.SERVER) {
            throw new ConfigException("'read' of '" + url + "' is '"
                    + config.read().name().toLowerCase(Locale.ROOT)
                    + "', but one server has no replicas to read from. Use redis+replicas:, redis+sentinel: or "
                    + "redis+cluster:, or leave 'read' out");
        }
    }

    /** Returns how long core waits for an answer, as far as the URL tells; a cache may have a timeout of its own. */
    static Duration timeout(CacheUrl url) {
        Duration given = url.parameters().duration("timeout");
        return given == null ? Duration.ofSeconds(1) : given;
    }
}
