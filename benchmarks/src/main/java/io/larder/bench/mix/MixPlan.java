package io.larder.bench.mix;

import io.larder.bench.rounds.Effort;
import java.util.List;

/**
 * How much is done.
 *
 * @param valueBytes the sizes of values that are measured
 * @param rounds over all
 * @param operationsStart calls of each caller before the first round, for the compiler
 * @param operations calls of each caller in a measurement
 */
public record MixPlan(List<Integer> valueBytes, int rounds, int operationsStart, int operations) {

    /** Returns the plan of a run with so many operations of each caller where it is for the record. */
    public static MixPlan of(List<Integer> valueBytes, int operations, Effort effort) {
        return switch (effort) {
            case FULL -> new MixPlan(valueBytes, 3, operations / 5, operations);
            case QUICK -> new MixPlan(valueBytes, 1, 1_000, 2_000);
        };
    }
}
