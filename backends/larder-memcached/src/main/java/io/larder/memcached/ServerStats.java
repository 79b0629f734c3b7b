package io.larder.memcached;

import io.larder.spi.BackendInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sums up what servers tell about themselves. */
final class ServerStats {

    private static final List<String> TOLD =
            List.of("curr_items", "curr_connections", "bytes", "limit_maxbytes", "evictions");

    private ServerStats() {}

    /** Returns sums over all servers; their items are also other caches' and other programs'. */
    static BackendInfo info(Nodes nodes, List<Map<String, String>> stats) {
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
        return new BackendInfo(nodes.url(), BackendInfo.UNKNOWN, BackendInfo.UNKNOWN, BackendInfo.UNKNOWN, details);
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
