package io.larder.memcached.client;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * Divides a hash of the key by the number of servers, as libmemcached does unless it is told otherwise.
 *
 * <p>The order of the servers matters, weights do not, and one server more or less moves almost every key.
 */
public final class ModuloPlacement implements Placement {

    private final int servers;

    /** Makes one for these servers, in this order. */
    public ModuloPlacement(List<WeightedServer> servers) {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("servers must be at least one, was none");
        }
        this.servers = servers.size();
    }

    @Override
    public int serverOf(byte[] key, IntPredicate usable) {
        long hash = KeyHash.ONE_AT_A_TIME.of(key);
        int[] candidates = new int[servers];
        int count = 0;
        for (int i = 0; i < servers; i++) {
            if (usable.test(i)) {
                candidates[count++] = i;
            }
        }
        if (count == 0) {
            return -1;
        }
        // A key whose own server is usable stays there; the others spread over what is left.
        int own = (int) (hash % servers);
        return usable.test(own) ? own : candidates[(int) (hash % count)];
    }
}
