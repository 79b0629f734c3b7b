package io.larder.bench.memory;

/** What every peer does, each a method of {@link MemoryBenchmark}. */
enum Workload {
    GET_HIT("getHit", "Get, a hit"),
    PUT("put", "Put over an entry"),
    MIXED("mixed", "Three gets, one put");

    private final String method;
    private final String label;

    Workload(String method, String label) {
        this.method = method;
        this.label = label;
    }

    String method() {
        return method;
    }

    String label() {
        return label;
    }
}
