package io.larder.redis;

import io.larder.testkit.servers.RedisCluster;
import io.larder.testkit.servers.RedisReplicas;
import io.larder.testkit.servers.RedisSentinels;
import io.larder.testkit.servers.RedisServer;
import io.larder.testkit.servers.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The URLs of groups of servers. */
final class Urls {

    private Urls() {}

    static String of(RedisServer server) {
        return "redis://" + server.address();
    }

    static String of(RedisReplicas replicas) {
        List<RedisServer> all = new ArrayList<>();
        all.add(replicas.leader());
        all.addAll(replicas.replicas());
        return "redis+replicas://" + addresses(all);
    }

    static String of(RedisSentinels sentinels) {
        return "redis+sentinel://" + addresses(sentinels.sentinels()) + "/" + sentinels.service() + "/0";
    }

    static String of(RedisCluster cluster) {
        return "redis+cluster://" + addresses(cluster.nodes());
    }

    static String addresses(List<RedisServer> servers) {
        return servers.stream().map(ServerProcess::address).collect(Collectors.joining(","));
    }
}
