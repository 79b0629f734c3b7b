package io.larder.bench.load;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Those whose speeds are the 1.00 of a ratio: the best of them, in each round.
 *
 * @param name within a heading: {@code of <name>}
 */
public record Rivals<P extends LoadPeer>(String name, List<P> peers) {

    /** Returns the name, and whose it is. */
    String text() {
        return peers.size() == 1
                ? name
                : name + peers.stream().map(LoadPeer::label).collect(Collectors.joining(", ", " (", ")"));
    }
}
