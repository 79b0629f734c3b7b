package io.larder.bench.rounds;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** In which order the peers of a round follow one another. */
public final class Turns {

    /** By two, so that few rounds still see everybody early and late. */
    private static final int STEP = 2;

    private Turns() {}

    /** Returns all peers, in another order for each round; rounds count from 1. */
    public static <P> List<P> of(List<P> peers, int round) {
        List<P> order = new ArrayList<>(peers);
        Collections.rotate(order, STEP * (round - 1));
        return order;
    }
}
