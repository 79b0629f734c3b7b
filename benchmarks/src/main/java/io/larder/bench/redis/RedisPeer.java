package io.larder.bench.redis;

import io.larder.bench.load.LoadPeer;
import io.larder.bench.load.RemoteCache;
import java.time.Duration;
import java.util.List;

/** Who takes part, in the order of the tables. */
public enum RedisPeer implements LoadPeer {
    /** Ours. */
    LARDER(0, "Larder", "larder", "one, shared", "one call", "one load per key", LarderRemote::new),
    /** What the ratios compare with: no cache, only the commands. */
    LETTUCE(1, "Lettuce, sync", "lettuce", "one, shared", "`MGET`", "`GET`, `SET … PX`", LettuceRemote::new),
    /** Another client, also without a cache. */
    JEDIS(2, "Jedis, pooled", "jedis", "one per caller", "`MGET`", "`GET`, `SET … PX`", JedisRemote::new),
    /** A client of its own, with a map that forgets. */
    REDISSON(3, "Redisson RMapCache", "redisson", "pool of 64", "`getAll`", "`get`, `fastPut`", RedissonRemote::new),
    /** Lettuce inside. */
    JETCACHE(
            4,
            "JetCache over Lettuce",
            "jetcache",
            "one, shared",
            "`getAll`",
            "`computeIfAbsent`",
            JetCacheRemote::new),
    /** Lettuce inside. */
    SPRING(
            5,
            "Spring Data Redis cache",
            "spring-data",
            "one, shared",
            "50 × `get`, has no other",
            "`get(key, loader)`",
            SpringRemote::new),
    /** What one request at a time for each connection comes to without a JVM. */
    LIMIT(6, "redis-benchmark", "redis", "one per caller", "`MGET`", "cannot", (port, database, ttl) -> {
        throw new UnsupportedOperationException("redis-benchmark is a program, see RedisBenchmark");
    });

    /** Those that are caches and not only clients. */
    static final List<RedisPeer> WRAPPERS = List.of(REDISSON, JETCACHE, SPRING);

    private final int database;
    private final String label;
    private final String library;
    private final String connections;
    private final String bulk;
    private final String readThrough;

    @SuppressWarnings("ImmutableEnumChecker") // References to constructors, which keep nothing.
    private final Opener opener;

    RedisPeer(
            int database,
            String label,
            String library,
            String connections,
            String bulk,
            String readThrough,
            Opener opener) {
        this.database = database;
        this.label = label;
        this.library = library;
        this.connections = connections;
        this.bulk = bulk;
        this.readThrough = readThrough;
        this.opener = opener;
    }

    /** Returns a new cache on the peer's own database. */
    RemoteCache open(int port, Duration ttl) {
        return opener.open(port, database(), ttl);
    }

    int database() {
        return database;
    }

    /** Returns whether it is a library, which has to be a cache of ours before it is measured. */
    boolean isLibrary() {
        return this != LIMIT;
    }

    @Override
    public String label() {
        return label;
    }

    /** The name under which the build knows its version. */
    String library() {
        return library;
    }

    String connections() {
        return connections;
    }

    String bulk() {
        return bulk;
    }

    String readThrough() {
        return readThrough;
    }

    private interface Opener {
        RemoteCache open(int port, int database, Duration ttl);
    }
}
