package io.larder.bench.rounds;

/**
 * What one measurement gave.
 *
 * @param <C> what was done: a workload, and on how many threads
 * @param <P> who did it
 * @param <F> the figures that were measured
 */
public record Score<C, P, F>(int round, C cell, P peer, F figures) {}
