package io.larder.memcached.client;

/**
 * A server with its share of the keys.
 *
 * @param weight from 1 to 1,000; one with 3 gets three times the keys of one with 1
 */
public record WeightedServer(ServerAddress address, int weight) {

    private static final int WEIGHT_MAX = 1_000;

    /** Checks the weight. */
    public WeightedServer {
        if (weight < 1 || weight > WEIGHT_MAX) {
            throw new IllegalArgumentException(
                    "weight of " + address + " must be from 1 to " + WEIGHT_MAX + ", was " + weight);
        }
    }
}
