package io.larder.bench.tiers;

import io.larder.bench.memory.Figures;
import io.larder.bench.rounds.Results;

/**
 * All scores of a run; the cells are numbers of threads.
 *
 * @param near hits, in one process
 * @param shared two processes
 * @param race one that reads slowly what another writes
 */
record TiersResults(
        Results<Integer, TierPeer, Figures> near,
        Results<Integer, TierPeer, SharedFigures> shared,
        Results<Integer, TierPeer, RaceFigures> race) {}
