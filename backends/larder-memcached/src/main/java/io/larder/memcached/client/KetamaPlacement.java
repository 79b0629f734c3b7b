package io.larder.memcached.client;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Puts servers at many points of a ring and a key on the next one, as libmemcached does.
 *
 * <p>Two rings share the name there. Pick the one that the other programs on the servers use.
 */
public final class KetamaPlacement implements Placement {

    private static final int POINTS = 100;
    private static final int POINTS_WEIGHTED = 160;
    private static final int POINTS_PER_DIGEST = 4;

    private record Point(long hash, int server) {}

    private final KeyHash keyHash;
    private final long[] hashes;
    private final int[] owners;

    private KetamaPlacement(List<WeightedServer> servers, KeyHash keyHash, boolean weighted) {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("servers must be at least one, was none");
        }
        this.keyHash = keyHash;
        List<Point> points = new ArrayList<>();
        float weights = servers.stream().mapToInt(WeightedServer::weight).sum();
        for (int i = 0; i < servers.size(); i++) {
            if (weighted) {
                addWeighted(points, servers, i, weights);
            } else {
                for (int j = 0; j < POINTS; j++) {
                    points.add(new Point(keyHash.of(name(servers.get(i), j)), i));
                }
            }
        }
        points.sort(Comparator.comparingLong(Point::hash));
        hashes = points.stream().mapToLong(Point::hash).toArray();
        owners = points.stream().mapToInt(Point::server).toArray();
    }

    /**
     * Returns the ring of {@code MEMCACHED_BEHAVIOR_KETAMA_WEIGHTED}: MD5 everywhere, as in the first ketama and in PHP's
     * {@code OPT_LIBKETAMA_COMPATIBLE}.
     */
    public static KetamaPlacement weighted(List<WeightedServer> servers) {
        return new KetamaPlacement(servers, KeyHash.MD5, true);
    }

    /** Returns the ring of {@code MEMCACHED_BEHAVIOR_KETAMA}, which pylibmc's {@code ketama} means: libmemcached's own hash of keys. */
    public static KetamaPlacement plain(List<WeightedServer> servers) {
        boolean weighted = servers.stream().anyMatch(server -> server.weight() > 1);
        return new KetamaPlacement(servers, KeyHash.ONE_AT_A_TIME, weighted);
    }

    /** In single precision where libmemcached is, or a server would get four points more or less. */
    private static void addWeighted(List<Point> points, List<WeightedServer> servers, int index, float weights) {
        float share = servers.get(index).weight() / weights;
        float digests = (float) (share * POINTS_WEIGHTED / POINTS_PER_DIGEST * servers.size() + 0.0000000001);
        for (int i = 0; i < (int) Math.floor(digests); i++) {
            byte[] digest = KeyHash.md5(name(servers.get(index), i));
            for (int j = 0; j < POINTS_PER_DIGEST; j++) {
                points.add(new Point(KeyHash.part(digest, j), index));
            }
        }
    }

    /** Returns the name of a server's point; the default port is left out of it, and a unix socket has port 0. */
    private static byte[] name(WeightedServer server, int point) {
        String host;
        int port;
        if (server.address() instanceof ServerAddress.Tcp tcp) {
            host = tcp.host();
            port = tcp.port();
        } else {
            host = server.address().toString();
            port = 0;
        }
        return KeyHash.bytes(port == ServerAddress.PORT_DEFAULT ? host + "-" + point : host + ":" + port + "-" + point);
    }

    @Override
    public int serverOf(byte[] key, IntPredicate usable) {
        int first = firstNotBelow(keyHash.of(key));
        for (int i = 0; i < owners.length; i++) {
            int owner = owners[(first + i) % owners.length];
            if (usable.test(owner)) {
                return owner;
            }
        }
        return -1;
    }

    private int firstNotBelow(long hash) {
        int low = 0;
        int high = hashes.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (hashes[middle] < hash) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
