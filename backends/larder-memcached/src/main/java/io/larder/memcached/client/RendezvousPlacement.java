package io.larder.memcached.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Puts a key on the server that scores highest with it, as pymemcache's {@code HashClient} does (Thaler and Ravishankar, 1998).
 *
 * <p>pymemcache knows no weights. With unequal ones a score is {@code -weight / ln(hash)}, which keeps the shares exact and moves only keys
 * that a changed weight wins or loses (Schindelhauer and Schomaker, 2005).
 */
public final class RendezvousPlacement implements Placement {

    private static final double HASHES = 1L << 32;

    private final String[] names;
    /** "name-" of each server, as characters. */
    private final int[][] prefixes;

    private final int[] weights;
    private final boolean equal;

    /** Makes one for these servers; their order does not matter. */
    public RendezvousPlacement(List<WeightedServer> servers) {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("servers must be at least one, was none");
        }
        names = servers.stream().map(server -> name(server.address())).toArray(String[]::new);
        prefixes = new int[names.length][];
        for (int i = 0; i < names.length; i++) {
            prefixes[i] = (names[i] + "-").codePoints().toArray();
        }
        weights = servers.stream().mapToInt(WeightedServer::weight).toArray();
        equal = Arrays.stream(weights).distinct().count() == 1;
    }

    /** Returns the server's name as pymemcache forms it: without the brackets around an IPv6 address. */
    private static String name(ServerAddress address) {
        return address instanceof ServerAddress.Tcp tcp ? tcp.host() + ":" + tcp.port() : address.toString();
    }

    @Override
    public int serverOf(byte[] key, IntPredicate usable) {
        int[] characters = new String(key, StandardCharsets.UTF_8).codePoints().toArray();
        int best = -1;
        double bestScore = 0;
        for (int i = 0; i < names.length; i++) {
            if (!usable.test(i)) {
                continue;
            }
            double score = score(i, characters);
            if (best < 0 || score > bestScore || (score == bestScore && names[i].compareTo(names[best]) > 0)) {
                best = i;
                bestScore = score;
            }
        }
        return best;
    }

    private double score(int server, int[] key) {
        int[] prefix = prefixes[server];
        int[] both = Arrays.copyOf(prefix, prefix.length + key.length);
        System.arraycopy(key, 0, both, prefix.length, key.length);
        long hash = Murmur3.hash(both);
        return equal ? hash : -weights[server] / Math.log((hash + 0.5) / HASHES);
    }
}
