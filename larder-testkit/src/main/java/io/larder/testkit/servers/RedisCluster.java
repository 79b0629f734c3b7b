package io.larder.testkit.servers;

import java.util.ArrayList;
import java.util.List;

/**
 * A Redis cluster of three leaders, each with one replica, which takes its place when it does not answer.
 *
 * <p>The {@value #SLOTS} slots are shared out evenly. {@link RedisOptions} may set {@code cluster-node-timeout}, which
 * is a second.
 */
public final class RedisCluster implements AutoCloseable {

    /** How many slots there are. */
    public static final int SLOTS = 16_384;

    private static final int LEADERS = 3;
    private static final int NODES = 2 * LEADERS;

    private final ServerGroup<RedisServer> group;

    private RedisCluster(ServerGroup<RedisServer> group) {
        this.group = group;
    }

    /** Starts one without password and TLS; see {@link #start(RedisOptions)}. */
    public static RedisCluster start() {
        return start(RedisOptions.plain());
    }

    /** Starts one and returns when every node knows all others, which takes about three seconds. */
    public static RedisCluster start(RedisOptions options) {
        ServerGroup<RedisServer> group = new ServerGroup<>();
        return group.orClose(() -> {
            for (int i = 0; i < NODES; i++) {
                group.add(RedisServer.startNode(options, ofNode()));
            }
            RedisCluster cluster = new RedisCluster(group);
            cluster.form();
            return cluster;
        });
    }

    /** Returns all nodes, leaders and replicas. */
    public List<RedisServer> nodes() {
        return group.members();
    }

    /** Returns the nodes that lead now, in the order of their first slots. */
    public List<RedisServer> leaders() {
        return ClusterView.of(aliveNode()).leaderPorts().stream()
                .map(group::byPort)
                .toList();
    }

    /** Returns the slot of a key, from what stands between its first braces if there is any. */
    public int slotOf(String key) {
        return (int) aliveNode().command("CLUSTER", "KEYSLOT", key).number();
    }

    /** Returns the node that leads {@code slot} now. */
    public RedisServer leaderOf(int slot) {
        return group.byPort(ClusterView.of(aliveNode()).leaderPort(slot));
    }

    /** Moves a slot with all its keys from its leader to the next one, and returns when all leaders know. */
    public void moveSlot(int slot) {
        try (SlotMove move = startMove(slot)) {
            move.moveKeys();
        }
    }

    /**
     * Begins to move a slot from its leader to the next one, and leaves it between the two until it is closed.
     *
     * <p>Meanwhile the old leader answers ASK for keys that it has not, and TRYAGAIN for several of which it has some.
     */
    public SlotMove startMove(int slot) {
        List<RedisServer> leaders = leaders();
        RedisServer from = leaderOf(slot);
        RedisServer to = leaders.get((leaders.indexOf(from) + 1) % leaders.size());
        return SlotMove.begin(slot, from, to, leaders);
    }

    /** Kills the leader of {@code slot} as a crash does, and returns it at once; {@link #awaitFailover} waits for the next. */
    public RedisServer killLeader(int slot) {
        RedisServer leader = leaderOf(slot);
        leader.kill();
        return leader;
    }

    /** Returns as soon as every slot is led by a running node other than {@code old}, and all of these know. */
    public void awaitFailover(RedisServer old) {
        group.await(
                "another node than " + old + " leads its slots",
                () -> runningNodes().stream().allMatch(node -> {
                    ClusterView view = ClusterView.of(node);
                    return isWorking(node)
                            && view.slots() == SLOTS
                            && !view.leaderPorts().contains(old.port());
                }));
    }

    /** Returns when every node runs and knows all others, and every leader has a replica with all that it has. */
    public void awaitWhole() {
        group.await("six nodes are one cluster", () -> nodes().stream().allMatch(this::isWhole));
    }

    /** Closes all nodes. */
    @Override
    public void close() {
        group.close();
    }

    private static List<String> ofNode() {
        return List.of(
                "cluster-enabled yes",
                "cluster-config-file nodes.conf",
                "cluster-node-timeout 1000",
                "cluster-replica-validity-factor 0",
                "cluster-announce-ip " + ServerProcess.HOST);
    }

    private void form() {
        List<RedisServer> leaders = nodes().subList(0, LEADERS);
        for (int i = 0; i < LEADERS; i++) {
            leaders.get(i)
                    .command(
                            "CLUSTER", "ADDSLOTSRANGE", text(SLOTS * i / LEADERS), text(SLOTS * (i + 1) / LEADERS - 1));
        }
        for (int i = 0; i < NODES; i++) {
            nodes().get(i).command("CLUSTER", "SET-CONFIG-EPOCH", text(i + 1));
        }
        meet();
        List<RedisServer> alone = new ArrayList<>(nodes().subList(LEADERS, NODES));
        for (int i = 0; i < LEADERS; i++) {
            RedisServer replica = alone.get(i);
            String leader = leaders.get(i).command("CLUSTER", "MYID").toString();
            // Refused until gossip has brought it the leader's name.
            group.await(replica + " follows " + leaders.get(i), () -> {
                boolean follows = replica.command("CLUSTER", "REPLICATE", leader)
                        .toString()
                        .equals("OK");
                if (!follows) {
                    // A node forgets one that it was to meet after a second, which a busy machine may need.
                    meet();
                }
                return follows;
            });
        }
        awaitWhole();
    }

    private void meet() {
        RedisServer first = nodes().get(0);
        if (first.command("CLUSTER", "NODES").toString().lines().count() < NODES) {
            nodes().subList(1, NODES)
                    .forEach(other -> first.command("CLUSTER", "MEET", other.host(), text(other.port())));
        }
    }

    private boolean isWhole(RedisServer node) {
        String nodes = node.command("CLUSTER", "NODES").toString();
        return isWorking(node)
                && ClusterView.of(node).members() == NODES
                && nodes.lines().noneMatch(line -> line.contains("disconnected") || line.contains("fail"))
                && ("master".equals(node.info("role"))
                        ? "1".equals(node.info("connected_slaves"))
                        : node.follows(group.byPort(Integer.parseInt(String.valueOf(node.info("master_port"))))));
    }

    private static boolean isWorking(RedisServer node) {
        return node.command("CLUSTER", "INFO").toString().contains("cluster_state:ok");
    }

    private List<RedisServer> runningNodes() {
        return nodes().stream().filter(RedisServer::isRunning).toList();
    }

    private RedisServer aliveNode() {
        return runningNodes().stream()
                .findFirst()
                .orElseThrow(() -> new ServerException("No node of " + nodes() + " runs. Restart one"));
    }

    private static String text(int number) {
        return String.valueOf(number);
    }
}
