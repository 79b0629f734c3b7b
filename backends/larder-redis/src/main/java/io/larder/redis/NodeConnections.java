package io.larder.redis;

import io.larder.redis.RedisAddress.Kind;
import io.larder.redis.RedisConfig.Read;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The way to one leader: a server, the first of some replicas, or the one that sentinels name. Thread-safe.
 *
 * <p>Writes have connections of their own, which ask the sentinels again whenever they are lost; so a write reaches the new leader as
 * soon as the sentinels know it, and never a replica.
 */
final class NodeConnections implements Connections {

    private static final long LOOK_MILLIS = 1_000;

    private final Target target;
    private final RedisClient client;
    private final RedisURI uri;
    private final Supplier<@Nullable LendingLoop> loop;
    private final Consumer<CompletableFuture<?>> shutDown;
    private final List<Lazy> leaders;
    private final Lazy aside;
    /** Null where the leader answers reads as well. */
    private final @Nullable ReplicaReaders readers;
    /** Null where nobody has to ask which replicas there are. */
    private final @Nullable SentinelWatch sentinels;
    /** Null until the first read; guarded by {@code this}. */
    private @Nullable ScheduledFuture<?> looks;

    private volatile boolean looking;
    private volatile Runnable leaderLost = () -> {};

    /**
     * Makes them, none connected yet.
     *
     * @param uri of the leader, or of the sentinels
     * @param loop tells on which loop all connections are, null where they are on many or on another's
     * @param shutDown ends the client, unless it was lent, when what it gets is complete
     */
    NodeConnections(
            Target target,
            RedisClient client,
            RedisURI uri,
            Supplier<@Nullable LendingLoop> loop,
            Consumer<CompletableFuture<?>> shutDown) {
        this.target = target;
        this.client = client;
        this.uri = uri;
        this.loop = loop;
        this.shutDown = shutDown;
        this.leaders = IntStream.range(0, target.config().link().connections())
                .mapToObj(i -> target.lazy(client.getResources(), this::connectLeader))
                .toList();
        this.aside = target.lazy(client.getResources(), this::connectLeader);
        Read read = target.config().read();
        Kind kind = target.address().kind();
        this.readers = read == Read.LEADER || kind == Kind.SERVER
                ? null
                : new ReplicaReaders(
                        read, this::leader, this::replica, target.context().clock());
        this.sentinels =
                readers == null || kind != Kind.SENTINEL ? null : new SentinelWatch(client, uri, readers::replicas);
    }

    @Override
    public CompletableFuture<Commands> leader(int hash) {
        Lazy leader = leaders.size() == 1 ? leaders.get(0) : leaders.get(Math.floorMod(hash, leaders.size()));
        return leader.commands();
    }

    @Override
    public CompletableFuture<Commands> reader(int hash) {
        if (readers == null) {
            return leader(hash);
        }
        if (!looking) {
            startLooking(readers);
        }
        return readers.reader(hash);
    }

    @Override
    public CompletableFuture<List<Commands>> leaders() {
        return leader(0).thenApply(List::of);
    }

    @Override
    public CompletableFuture<List<Commands>> leadersAnew() {
        return leaders();
    }

    @Override
    public CompletableFuture<Commands> aside(byte[] key) {
        return aside.commands();
    }

    private CompletionStage<Commands> connectLeader() {
        CompletionStage<Commands> connecting = connect(uri).thenApply(this::noticed);
        if (target.address().kind() != Kind.SENTINEL) {
            return connecting.thenCompose(commands ->
                    ServerMode.requireAlone(commands, target.address().name()));
        }
        return connecting
                .handle((commands, failure) -> failure == null
                        ? CompletableFuture.completedFuture(commands)
                        : UnknownService.explained(client, uri, target.address(), failure))
                .thenCompose(answer -> answer);
    }

    /** Lettuce connects again by itself, perhaps to a leader that sentinels have put in the place of this one. */
    private Commands noticed(Commands leader) {
        leader.connection().addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                leaderLost.run();
            }
        });
        return leader;
    }

    private Lazy replica(RedisAddress.Node node) {
        RedisURI uri = RedisURI.builder(this.uri)
                .withHost(node.host())
                .withPort(node.port())
                .build();
        return target.lazy(client.getResources(), () -> connect(uri));
    }

    private CompletionStage<Commands> connect(RedisURI uri) {
        return client.connectAsync(ByteArrayCodec.INSTANCE, uri)
                .thenApply(connection -> Commands.of(
                        connection, target.config().batches(), target.context().clock(), loop.get()));
    }

    private synchronized void startLooking(ReplicaReaders readers) {
        if (looking) {
            return;
        }
        looking = true;
        RedisAddress address = target.address();
        if (address.kind() == Kind.REPLICAS) {
            readers.replicas(address.nodes().subList(1, address.nodes().size()));
        }
        boolean nearest = target.config().read() == Read.NEAREST;
        if (sentinels != null || nearest) {
            looks = target.context()
                    .scheduler()
                    .scheduleWithFixedDelay(
                            () -> {
                                if (sentinels != null) {
                                    sentinels.ask();
                                }
                                if (nearest) {
                                    readers.measure();
                                }
                            },
                            0,
                            LOOK_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public CompletableFuture<Map<String, RedisURI>> leaderUris() {
        return CompletableFuture.completedFuture(Map.of("", uri));
    }

    @Override
    public CompletableFuture<RedisURI> leaderUri(byte[] key) {
        return CompletableFuture.completedFuture(uri);
    }

    @Override
    public void onLeaderLost(Runnable run) {
        leaderLost = run;
    }

    @Override
    public AbstractRedisClient client() {
        return client;
    }

    @Override
    public boolean isCluster() {
        return false;
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public RuntimeException explain(Throwable failure) {
        if (failure instanceof RedisReadOnlyException) {
            // A fail-over by DNS or by hand leaves connections to the old leader as they were.
            leaders.forEach(Lazy::renew);
            aside.renew();
        }
        return target.errors().explain(failure);
    }

    @Override
    public void close() {
        synchronized (this) {
            looking = true;
            if (looks != null) {
                looks.cancel(false);
            }
        }
        List<CompletableFuture<?>> closing = new ArrayList<>();
        if (sentinels != null) {
            closing.add(sentinels.close());
        }
        if (readers != null) {
            closing.add(readers.close());
        }
        leaders.forEach(leader -> closing.add(leader.close()));
        closing.add(aside.close());
        shutDown.accept(CompletableFuture.allOf(closing.toArray(CompletableFuture<?>[]::new)));
    }
}
