package io.larder.testkit.servers;

import java.util.List;

/** A leader with two replicas and nobody who watches them: when the leader is gone, no other takes over. */
public final class RedisReplicas implements AutoCloseable {

    static final int REPLICAS = 2;

    private final ServerGroup<RedisServer> group;

    private RedisReplicas(ServerGroup<RedisServer> group) {
        this.group = group;
    }

    /** Starts them without password and TLS; see {@link #start(RedisOptions)}. */
    public static RedisReplicas start() {
        return start(RedisOptions.plain());
    }

    /** Starts them and returns when both replicas have what the leader has, which takes about a second. */
    public static RedisReplicas start(RedisOptions options) {
        ServerGroup<RedisServer> group = new ServerGroup<>();
        return group.orClose(() -> {
            startIn(group, options);
            return new RedisReplicas(group);
        });
    }

    /** Starts a leader, first in the group, and its replicas. */
    static void startIn(ServerGroup<RedisServer> group, RedisOptions options) {
        RedisServer leader = group.add(RedisServer.start(options));
        for (int i = 0; i < REPLICAS; i++) {
            String of = RedisOptions.line("replicaof", leader.host(), String.valueOf(leader.port()));
            group.add(RedisServer.start(options, List.of(of)));
        }
        awaitReplicas(group, leader);
    }

    /** Returns the server that takes writes. */
    public RedisServer leader() {
        return group.members().get(0);
    }

    /** Returns the servers that follow the leader and refuse writes. */
    public List<RedisServer> replicas() {
        return group.members().subList(1, group.members().size());
    }

    /** Returns when every replica is connected and has what the leader has; for after a restart or pause. */
    public void awaitReplicas() {
        awaitReplicas(group, leader());
    }

    /** Closes all of them. */
    @Override
    public void close() {
        group.close();
    }

    private static void awaitReplicas(ServerGroup<RedisServer> group, RedisServer leader) {
        group.await(
                REPLICAS + " replicas follow " + leader,
                () -> String.valueOf(REPLICAS).equals(leader.info("connected_slaves"))
                        && group.members().stream().allMatch(server -> server == leader || server.follows(leader)));
    }
}
