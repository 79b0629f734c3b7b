package io.larder.redis;

import io.larder.EntryOptions;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.SocketOptions.TcpUserTimeoutOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.EpollProvider;
import io.lettuce.core.resource.KqueueProvider;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** Makes Lettuce's clients as Larder wants them. Immutable. */
record Clients(RedisAddress address, RedisConfig config, Duration timeout) {

    /** How many calls may wait for an answer on one connection; more are refused, so that a server that hangs costs bounded memory. */
    static final int CALLS_MAX = 1 << 18;

    private static final int FLUSHED_MAX = 256;
    private static final long SHUTDOWN_MILLIS_MAX = 2_000;
    private static final int PROBES = 3;
    private static final Duration SILENCE_MIN = Duration.ofSeconds(2);
    private static final Duration REFRESH_PAUSE_MIN = Duration.ofMillis(500);
    private static final Duration REFRESH_PERIOD = Duration.ofSeconds(10);

    /** Returns connections on a client of their own, which ends with them; none is connected yet. */
    Connections connections(Target target) {
        LendingLoops loops = lends() ? new LendingLoops(this::threads) : null;
        ClientResources resources = resources(loops);
        AbstractRedisClient client;
        if (address.kind() == RedisAddress.Kind.CLUSTER) {
            RedisClusterClient cluster = RedisClusterClient.create(resources, uris());
            cluster.setOptions(clusterOptions());
            client = cluster;
        } else {
            RedisClient single = RedisClient.create(resources, uris().get(0));
            single.setOptions(options());
            client = single;
        }
        Disposable outages = Outages.follow(resources.eventBus(), target.errors());
        Consumer<CompletableFuture<?>> shutDown = closing -> shutDown(closing, client, resources, loops, outages);
        return client instanceof RedisClusterClient cluster
                ? new ClusterConnections(target, cluster, shutDown)
                : new NodeConnections(
                        target,
                        (RedisClient) client,
                        uris().get(0),
                        () -> loops == null ? null : loops.loop(),
                        shutDown);
    }

    /** Whether there is a single connection for all commands, which one loop serves as well as many, and lends. */
    private boolean lends() {
        return LendingLoops.areAvailable()
                && address.kind() != RedisAddress.Kind.CLUSTER
                && config.read() == RedisConfig.Read.LEADER
                && config.link().connections() == 1
                && !config.batches().isOff();
    }

    private static void shutDown(
            CompletableFuture<?> closing,
            AbstractRedisClient client,
            ClientResources resources,
            @Nullable LendingLoops loops,
            Disposable outages) {
        outages.dispose();
        shutDown(client, closing);
        await(resources.shutdown(0, SHUTDOWN_MILLIS_MAX, TimeUnit.MILLISECONDS));
        if (loops != null) {
            await(loops.shutdown(0, SHUTDOWN_MILLIS_MAX, TimeUnit.MILLISECONDS));
        }
    }

    /** Returns a client for the same servers whose connections do not come back by themselves, and whose commands may take long. */
    static RedisClient withoutReconnect(AbstractRedisClient other) {
        RedisClient client = RedisClient.create(other.getResources());
        client.setOptions(other.getOptions()
                .mutate()
                .autoReconnect(false)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                // The newest that the server speaks, whatever the other client was told.
                .protocolVersion(null)
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .build());
        return client;
    }

    /** Ends a client when {@code closing} is complete, and not the resources that it shares. */
    static void shutDown(AbstractRedisClient client, CompletableFuture<?> closing) {
        await(closing);
        await(client.shutdownAsync(0, SHUTDOWN_MILLIS_MAX, TimeUnit.MILLISECONDS));
    }

    /** Waits for a short while; what is left then are daemon threads, which end by themselves. */
    private static void await(Future<?> step) {
        try {
            step.get(SHUTDOWN_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The next step ends what this one did not.
        }
    }

    private ThreadFactory threads(String pool) {
        return new DefaultThreadFactory("larder-redis-" + role(pool), true);
    }

    private ClientResources resources(@Nullable LendingLoops loops) {
        ClientResources.Builder resources = ClientResources.builder();
        if (loops != null) {
            resources.eventLoopGroupProvider(loops);
        }
        return resources
                .threadFactoryProvider(this::threads)
                .reconnectDelay(new Backoff(config.link().reconnectMax()))
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .nettyCustomizer(new NettyCustomizer() {
                    @Override
                    public void afterChannelInitialized(Channel channel) {
                        refine(channel.pipeline());
                    }
                })
                .build();
    }

    private void refine(ChannelPipeline pipeline) {
        ChannelHandlerContext commands = pipeline.context(CommandHandler.class);
        if (commands != null) {
            if (config.batches().isOff() || address.kind() == RedisAddress.Kind.CLUSTER) {
                // What many callers write at the same time leaves in one packet; a batch is one packet anyway.
                pipeline.addBefore(commands.name(), "larder-flush", new FlushConsolidationHandler(FLUSHED_MAX, true));
            }
            pipeline.addBefore(
                    commands.name(),
                    "larder-guard",
                    new ConnectionGuard((CommandHandler) commands.handler(), silenceMillis()));
        }
    }

    private static String role(String pool) {
        return pool.contains("timer") ? "timer" : pool.contains("Executor") ? "worker" : "io";
    }

    private long silenceMillis() {
        if (timeout.equals(EntryOptions.NEVER)) {
            return 0;
        }
        Duration twice = timeout.multipliedBy(2);
        return (twice.compareTo(SILENCE_MIN) < 0 ? SILENCE_MIN : twice).toMillis();
    }

    /** Returns the options of a client for anything but a cluster. */
    private ClientOptions options() {
        return ClientOptions.builder()
                // Core watches the time of every call; a timer for each here would only cost.
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(CALLS_MAX)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(socketOptions())
                .sslOptions(config.tls().options())
                .build();
    }

    /**
     * Returns the options of a client for a cluster.
     *
     * <p>Its connections to the nodes are made when they are needed, and a client that rejects would reject the first call to each. So
     * calls wait for a connection, and a timer takes them back.
     */
    private ClusterClientOptions clusterOptions() {
        ClusterTopologyRefreshOptions refresh = ClusterTopologyRefreshOptions.builder()
                .adaptiveRefreshTriggersTimeout(REFRESH_PAUSE_MIN)
                .refreshTriggersReconnectAttempts(1)
                .enablePeriodicRefresh(REFRESH_PERIOD)
                .build();
        return ClusterClientOptions.builder(options())
                .disconnectedBehavior(DisconnectedBehavior.DEFAULT)
                .timeoutOptions(
                        timeout.equals(EntryOptions.NEVER)
                                ? TimeoutOptions.builder()
                                        .timeoutCommands(false)
                                        .build()
                                : TimeoutOptions.enabled(timeout))
                .topologyRefreshOptions(refresh)
                .validateClusterNodeMembership(false)
                .build();
    }

    private SocketOptions socketOptions() {
        SocketOptions.Builder options =
                SocketOptions.builder().connectTimeout(config.link().connectTimeout());
        Duration idle = config.link().keepAlive();
        if (idle.equals(EntryOptions.NEVER) || !address.socket().isEmpty()) {
            return options.keepAlive(KeepAliveOptions.builder().enable(false).build())
                    .build();
        }
        if (!EpollProvider.isAvailable() && !KqueueProvider.isAvailable()) {
            return options.keepAlive(true).build();
        }
        Duration interval = idle.dividedBy(PROBES);
        options.keepAlive(KeepAliveOptions.builder()
                .enable()
                .count(PROBES)
                .idle(idle)
                .interval(interval)
                .build());
        if (EpollProvider.isAvailable()) {
            // Probes are not sent while something sent before is unconfirmed; this covers that.
            options.tcpUserTimeout(TcpUserTimeoutOptions.builder()
                    .enable()
                    .tcpUserTimeout(idle.plus(interval.multipliedBy(PROBES)))
                    .build());
        }
        return options.build();
    }

    /** Returns one URI of Lettuce for each node that the address names; of sentinels, one for all. */
    private List<RedisURI> uris() {
        if (!address.socket().isEmpty()) {
            return List.of(finished(RedisURI.Builder.socket(address.socket())));
        }
        if (address.kind() == RedisAddress.Kind.SENTINEL) {
            return List.of(sentinelUri());
        }
        return address.nodes().stream()
                .map(node -> finished(RedisURI.Builder.redis(node.host(), node.port())))
                .toList();
    }

    private RedisURI sentinelUri() {
        RedisURI.Builder builder = RedisURI.builder().withSentinelMasterId(address.service());
        for (RedisAddress.Node node : address.nodes()) {
            builder.withSentinel(link(RedisURI.Builder.redis(node.host(), node.port()), address.sentinelLogin())
                    .build());
        }
        return finished(builder);
    }

    private RedisURI finished(RedisURI.Builder builder) {
        return link(builder, address.login()).withDatabase(address.database()).build();
    }

    private RedisURI.Builder link(RedisURI.Builder builder, RedisAddress.Login login) {
        builder.withTimeout(config.link().connectTimeout())
                .withClientName(config.link().clientName());
        if (address.isTls()) {
            builder.withSsl(true).withVerifyPeer(config.tls().mode());
        }
        String password = login.password();
        if (password == null) {
            return builder;
        }
        return login.user() == null
                ? builder.withPassword(password.toCharArray())
                : builder.withAuthentication(login.user(), password.toCharArray());
    }
}
