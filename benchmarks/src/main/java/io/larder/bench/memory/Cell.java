package io.larder.bench.memory;

/** What is done, and on how many threads. */
record Cell(Workload workload, int threads) {}
