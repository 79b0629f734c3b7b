package io.larder.bench.summary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the columns of a suite's numbers are.
 *
 * @param cells those that say what was done
 * @param peer the one that says who did it
 * @param ours begins the name of each of us
 */
record Shape(String suite, List<String> cells, String peer, String ours, List<String> figures) {

    /** The suites that compare; of the others there are no ratios. */
    static final List<Shape> ALL = List.of(
            new Shape("codecs", List.of("call", "value_bytes"), "peer", "LARDER_", List.of("calls_per_second")),
            new Shape(
                    "disk",
                    List.of("value_bytes", "callers"),
                    "peer",
                    "LARDER",
                    List.of("calls_per_second", "get_p50_us", "set_p50_us", "delete_p50_us")),
            new Shape(
                    "memcached",
                    List.of("workload", "value_bytes", "threads"),
                    "client",
                    "LARDER",
                    List.of("calls_per_second")),
            new Shape("memory", List.of("workload", "threads"), "peer", "LARDER", List.of("calls_per_second")),
            new Shape(
                    "redis",
                    List.of("workload", "value_bytes", "threads"),
                    "client",
                    "LARDER",
                    List.of("calls_per_second")),
            new Shape(
                    "start", List.of("part"), "subject", "LARDER", List.of("ready_ms", "heap_bytes", "process_bytes")),
            new Shape(
                    "tiers",
                    List.of("part", "threads"),
                    "cache",
                    "LARDER",
                    List.of("near_hits_per_second", "calls_per_second")),
            new Shape("traces", List.of("trace"), "peer", "LARDER", List.of("hit_percent")),
            new Shape(
                    "virtual",
                    List.of("workload", "value_bytes", "threads"),
                    "client",
                    "LARDER",
                    List.of("calls_per_second")));

    /** Returns each ratio of one of us to one of the others. */
    List<Ratio> ratios(Sheet sheet) {
        Set<Map<String, String>> done = new LinkedHashSet<>();
        Set<String> peers = new LinkedHashSet<>();
        for (Map<String, String> row : sheet.rows()) {
            Map<String, String> cell = new LinkedHashMap<>();
            cells.forEach(column -> cell.put(column, row.getOrDefault(column, "")));
            done.add(cell);
            peers.add(row.getOrDefault(peer, ""));
        }
        List<Ratio> ratios = new ArrayList<>();
        for (Map<String, String> cell : done) {
            for (String our : peers) {
                for (String rival : peers) {
                    if (our.startsWith(ours) && !rival.startsWith(ours)) {
                        figures.forEach(
                                figure -> ratios.add(new Ratio(suite, cell, peer, our, List.of(rival), figure)));
                    }
                }
            }
        }
        return ratios;
    }
}
