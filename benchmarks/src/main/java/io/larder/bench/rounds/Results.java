package io.larder.bench.rounds;

import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * All scores of a run, and what they come to. Immutable.
 *
 * @param <C> what was done: a workload, and on how many threads
 * @param <P> who did it
 * @param <F> the figures that were measured
 */
public record Results<C, P, F>(List<Score<C, P, F>> scores) {

    /** Takes a copy. */
    public Results {
        scores = List.copyOf(scores);
    }

    /** Returns whether the peer was measured doing this. */
    public boolean has(C cell, P peer) {
        return of(cell, peer).findAny().isPresent();
    }

    /** Returns a figure of the peer over the rounds. */
    public Spread spread(C cell, P peer, ToDoubleFunction<F> figure) {
        return Spread.of(of(cell, peer).map(Score::figures).mapToDouble(figure).toArray());
    }

    /** Returns how many times the best rival's figure the peer's was; each round is compared with itself. */
    public Spread ratio(C cell, P peer, Collection<P> rivals, ToDoubleFunction<F> figure) {
        return Spread.of(of(cell, peer)
                .mapToDouble(score -> figure.applyAsDouble(score.figures()) / best(cell, score.round(), rivals, figure))
                .toArray());
    }

    private double best(C cell, int round, Collection<P> rivals, ToDoubleFunction<F> figure) {
        DoubleStream theirs = scores.stream()
                .filter(score -> score.round() == round && score.cell().equals(cell) && rivals.contains(score.peer()))
                .map(Score::figures)
                .mapToDouble(figure);
        return theirs.max().orElseThrow();
    }

    private Stream<Score<C, P, F>> of(C cell, P peer) {
        return scores.stream()
                .filter(score -> score.cell().equals(cell) && score.peer().equals(peer));
    }
}
