package io.larder.bench.load;

import java.time.Duration;

/** Who takes part: a constant of an enum. */
public interface LoadPeer {

    /** Returns the name of the constant, for the raw numbers. */
    String name();

    /** Returns the number of the constant, which keeps its keys apart. */
    int ordinal();

    /** Returns what readers are told. */
    PeerFacts facts();

    /** Returns a new cache on the server at this port of the machine. */
    RemoteCache open(int port, Duration ttl);

    /** Returns the name that readers know. */
    default String label() {
        return facts().label();
    }
}
