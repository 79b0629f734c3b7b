package io.larder.memcached;

import io.larder.spi.BackendInfo;
import io.larder.spi.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Sums up what servers tell about themselves. */
final class ServerStats {

    private static final List<String> TOLD =
            List.of("curr_items", "curr_connections", "bytes", "limit_maxbytes", "evictions");

    private ServerStats() {}

    /** Asks for sums over the servers that answer; their items are also other caches' and other programs'. Fails if none does. */
    static Reply<BackendInfo> info(Nodes nodes) {
        Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
        return Reply.all(nodes.usable().stream()
                        .map(node -> node.ask(node.server().stats()).recover(failure -> {
                            if (failure.getCause() instanceof InterruptedException) {
                                throw failure;
                            }
                            failures.add(failure);
                            return Reply.ready(Map.of());
                        }))
                        .toList())
                .map(told -> {
                    List<Map<String, String>> stats =
                            told.stream().filter(each -> !each.isEmpty()).toList();
                    if (stats.isEmpty()) {
                        throw failures.remove();
                    }
                    return info(nodes, stats);
                });
    }

    private static BackendInfo info(Nodes nodes, List<Map<String, String>> stats) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("servers", Integer.toString(stats.size()));
        details.put(
                "version",
                stats.stream()
                        .map(each -> each.getOrDefault("version", "unknown"))
                        .distinct()
                        .collect(Collectors.joining(", ")));
        for (String name : TOLD) {
            details.put(name.replace('_', '-'), Long.toString(sum(stats, name)));
        }
        return nodes.known().with(details);
    }

    private static long sum(List<Map<String, String>> stats, String name) {
        long sum = 0;
        for (Map<String, String> each : stats) {
            String value = each.getOrDefault(name, "");
            sum += value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
        }
        return sum;
    }
}
