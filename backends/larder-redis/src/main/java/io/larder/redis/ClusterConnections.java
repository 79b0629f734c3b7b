package io.larder.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.PartitionSelectorException;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The way to the leaders of a cluster, each call to the one that serves its key. Thread-safe.
 *
 * <p>Lettuce follows MOVED and ASK, and reads the topology again when something of it fails.
 */
final class ClusterConnections implements Connections {

    private final Target target;
    private final RedisClusterClient client;
    private final Consumer<CompletableFuture<?>> shutDown;
    private final List<Lazy> leaders;
    private final List<Lazy> readers;
    private final Lazy aside;

    /** Makes them, none connected yet; {@code shutDown} ends the client, unless it was lent, when what it gets is complete. */
    ClusterConnections(Target target, RedisClusterClient client, Consumer<CompletableFuture<?>> shutDown) {
        this.target = target;
        this.client = client;
        this.shutDown = shutDown;
        this.leaders = lazies(ReadFrom.UPSTREAM);
        this.readers = switch (target.config().read()) {
            case LEADER -> leaders;
            case REPLICA -> lazies(ReadFrom.REPLICA_PREFERRED);
            case NEAREST -> lazies(ReadFrom.LOWEST_LATENCY);
        };
        this.aside = target.lazy(client.getResources(), () -> connect(ReadFrom.UPSTREAM));
    }

    private List<Lazy> lazies(ReadFrom readFrom) {
        List<Lazy> lazies = new ArrayList<>();
        for (int i = 0; i < target.config().link().connections(); i++) {
            lazies.add(target.lazy(client.getResources(), () -> connect(readFrom)));
        }
        return List.copyOf(lazies);
    }

    private CompletionStage<Commands> connect(ReadFrom readFrom) {
        return client.refreshPartitionsAsync()
                .thenCompose(known -> client.connectAsync(ByteArrayCodec.INSTANCE))
                .thenCompose(connection -> {
                    connection.setReadFrom(readFrom);
                    return nodes(connection)
                            // What is not there now is connected, or moved, when somebody asks for it.
                            .handle((nodes, failure) -> Commands.of(connection));
                });
    }

    @Override
    public CompletableFuture<Commands> leader(int hash) {
        return one(leaders, hash);
    }

    @Override
    public CompletableFuture<Commands> reader(int hash) {
        return one(readers, hash);
    }

    private static CompletableFuture<Commands> one(List<Lazy> lazies, int hash) {
        return (lazies.size() == 1 ? lazies.get(0) : lazies.get(Math.floorMod(hash, lazies.size()))).commands();
    }

    @Override
    public CompletableFuture<List<Commands>> leaders() {
        return leader(0).thenCompose(commands -> nodes(cluster(commands)));
    }

    @Override
    public CompletableFuture<List<Commands>> leadersAnew() {
        return leader(0)
                .thenCompose(
                        commands -> client.refreshPartitionsAsync().thenCompose(known -> nodes(cluster(commands))));
    }

    /** Returns the connections to the leaders that serve slots, which belong to {@code cluster}. */
    private static CompletableFuture<List<Commands>> nodes(StatefulRedisClusterConnection<byte[], byte[]> cluster) {
        List<CompletableFuture<StatefulRedisConnection<byte[], byte[]>>> ways =
                leadersOf(cluster).map(node -> connection(cluster, node)).toList();
        return CompletableFuture.allOf(ways.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> ways.stream()
                        .map(CompletableFuture::join)
                        .map(Commands::of)
                        .toList());
    }

    private static Stream<RedisClusterNode> leadersOf(StatefulRedisClusterConnection<byte[], byte[]> cluster) {
        return cluster.getPartitions().stream().filter(node -> node.is(NodeFlag.UPSTREAM) && !node.hasNoSlots());
    }

    private static StatefulRedisClusterConnection<byte[], byte[]> cluster(Commands commands) {
        return (StatefulRedisClusterConnection<byte[], byte[]>) commands.connection();
    }

    /** Returns the very connection that carries the commands of the node's slots, which goes by host and port. */
    private static CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connection(
            StatefulRedisClusterConnection<byte[], byte[]> cluster, RedisClusterNode node) {
        return cluster.getConnectionAsync(node.getUri().getHost(), node.getUri().getPort());
    }

    @Override
    public CompletableFuture<Commands> aside(byte[] key) {
        return aside.commands().thenCompose(commands -> {
            StatefulRedisClusterConnection<byte[], byte[]> cluster = cluster(commands);
            return connection(cluster, leaderOf(key, cluster)).thenApply(Commands::of);
        });
    }

    @Override
    public CompletableFuture<RedisURI> leaderUri(byte[] key) {
        return leader(0).thenApply(commands -> leaderOf(key, cluster(commands)).getUri());
    }

    private static RedisClusterNode leaderOf(byte[] key, StatefulRedisClusterConnection<byte[], byte[]> cluster) {
        int slot = SlotHash.getSlot(key);
        RedisClusterNode node = cluster.getPartitions().getMasterBySlot(slot);
        if (node == null) {
            throw new PartitionSelectorException("No node for slot " + slot, cluster.getPartitions());
        }
        return node;
    }

    @Override
    public CompletableFuture<Map<String, RedisURI>> leaderUris() {
        return leader(0)
                .thenApply(commands -> leadersOf(cluster(commands))
                        .collect(Collectors.toMap(RedisClusterNode::getNodeId, RedisClusterNode::getUri)));
    }

    /** A cluster has more than one, and each knows what it has. */
    @Override
    public void onLeaderLost(Runnable run) {
        // Nobody has to be told.
    }

    @Override
    public AbstractRedisClient client() {
        return client;
    }

    @Override
    public boolean isCluster() {
        return true;
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public RuntimeException explain(Throwable failure) {
        return target.errors().explain(failure);
    }

    @Override
    public void close() {
        Set<Lazy> all = new LinkedHashSet<>(leaders);
        all.addAll(readers);
        all.add(aside);
        shutDown.accept(CompletableFuture.allOf(all.stream().map(Lazy::close).toArray(CompletableFuture<?>[]::new)));
    }
}
