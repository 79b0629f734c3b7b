package io.larder.bench.load;

import java.util.List;

/** What is done, by each number of threads, with values of each size. Immutable. */
public record LoadMatrix(List<LoadWorkload> workloads, List<Integer> threads, List<Integer> valueBytes) {

    /** What a server's suite measures. */
    public static final LoadMatrix STANDARD =
            new LoadMatrix(List.of(LoadWorkload.values()), List.of(1, 16, 64), List.of(64, 1_024));

    /** Takes copies. */
    public LoadMatrix {
        workloads = List.copyOf(workloads);
        threads = List.copyOf(threads);
        valueBytes = List.copyOf(valueBytes);
    }
}
