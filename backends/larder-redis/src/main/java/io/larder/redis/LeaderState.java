package io.larder.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * What a server says of itself in the answer to a heart-beat. Immutable.
 *
 * @param name its name in the cluster, else empty
 * @param leads whether what it has is what counts, as far as it can tell
 * @param buckets those that it has for itself; not those on their way to another leader
 * @param epoch the higher, the later it got its slots
 * @param leaders by their names, those of the cluster
 */
record LeaderState(String name, boolean leads, BitSet buckets, long epoch, Map<String, RedisAddress.Node> leaders) {

    private static final String LEAVING = "[%d->-";

    static CompletionStage<LeaderState> ask(StatefulRedisConnection<byte[], byte[]> server, boolean isCluster) {
        return isCluster
                ? server.async().clusterNodes().thenApply(LeaderState::ofNodes)
                : ServerMode.hello(server).thenApply(LeaderState::ofHello);
    }

    private static LeaderState ofHello(List<String> fields) {
        BitSet all = new BitSet();
        all.set(0);
        return new LeaderState("", ServerMode.field(fields, "role").equals("master"), all, 0, Map.of());
    }

    private static LeaderState ofNodes(String text) {
        RedisClusterNode self = null;
        int serving = 0;
        int failing = 0;
        Map<String, RedisAddress.Node> leaders = new HashMap<>();
        for (RedisClusterNode node : ClusterPartitionParser.parse(text)) {
            boolean isSelf = node.is(NodeFlag.MYSELF);
            boolean fails =
                    node.is(NodeFlag.FAIL) || node.is(NodeFlag.EVENTUAL_FAIL) || (!isSelf && !node.isConnected());
            if (isSelf) {
                self = node;
            }
            if (node.is(NodeFlag.UPSTREAM) && !node.hasNoSlots()) {
                serving++;
                failing += fails ? 1 : 0;
            }
            if (node.is(NodeFlag.UPSTREAM) && !fails && node.getUri() != null) {
                leaders.put(
                        node.getNodeId(),
                        new RedisAddress.Node(
                                node.getUri().getHost(), node.getUri().getPort()));
            }
        }
        if (self == null) {
            return new LeaderState("", false, new BitSet(), 0, leaders);
        }
        // Without most of the others it is the one that is cut off, and they may have put a replica in its place.
        boolean leads = self.is(NodeFlag.UPSTREAM) && 2 * failing < serving;
        return new LeaderState(self.getNodeId(), leads, buckets(self, text), self.getConfigEpoch(), leaders);
    }

    private static BitSet buckets(RedisClusterNode self, String text) {
        BitSet buckets = new BitSet(KeyLayout.BUCKETS);
        int[] slots = KeyLayout.bucketSlots().toArray();
        for (int bucket = 0; bucket < slots.length; bucket++) {
            boolean leaves = text.contains(LEAVING.formatted(slots[bucket]));
            buckets.set(bucket, self.hasSlot(slots[bucket]) && !leaves);
        }
        return buckets;
    }
}
