package io.larder.testkit.servers;

import java.util.List;

/**
 * Which node leads which slots, as one node of a cluster knows it.
 *
 * @param ranges as CLUSTER SLOTS tells them: first slot, last slot, the leader, its replicas
 */
record ClusterView(List<RedisAnswer> ranges) {

    static ClusterView of(RedisServer node) {
        return new ClusterView(node.command("CLUSTER", "SLOTS").items());
    }

    /** Returns the ports of the leaders, in the order of their first slots. */
    List<Integer> leaderPorts() {
        return ranges.stream()
                .sorted((one, other) -> Long.compare(first(one), first(other)))
                .map(range -> port(range, 2))
                .distinct()
                .toList();
    }

    int leaderPort(int slot) {
        return ranges.stream()
                .filter(range -> first(range) <= slot && slot <= last(range))
                .findFirst()
                .map(range -> port(range, 2))
                .orElseThrow(() -> new ServerException("Nobody leads slot " + slot + "; known are " + ranges));
    }

    /** Returns how many slots have a leader. */
    int slots() {
        return ranges.stream()
                .mapToInt(range -> (int) (last(range) - first(range)) + 1)
                .sum();
    }

    /** Returns how many nodes there are, with slots or replicas of one that has. */
    int members() {
        return (int) ranges.stream()
                .flatMap(range -> range.items().stream().skip(2))
                .map(node -> node.items().get(1).number())
                .distinct()
                .count();
    }

    private static long first(RedisAnswer range) {
        return range.items().get(0).number();
    }

    private static long last(RedisAnswer range) {
        return range.items().get(1).number();
    }

    private static int port(RedisAnswer range, int index) {
        return (int) range.items().get(index).items().get(1).number();
    }
}
