package io.larder.bench.redis;

import io.larder.bench.load.LarderRemote;
import io.larder.bench.load.LoadPeer;
import io.larder.bench.load.PeerFacts;
import io.larder.bench.load.RemoteCache;
import java.time.Duration;
import java.util.List;

/** Who takes part, in the order of the tables. */
@SuppressWarnings("ImmutableEnumChecker") // Words, and references to constructors, which keep nothing.
public enum RedisPeer implements LoadPeer {
    /** Ours. */
    LARDER(0, new PeerFacts("Larder", "larder", "one, shared", "one call", "one load per key"), RedisPeer::larder),
    /** What the ratios compare with: no cache, only the commands. */
    LETTUCE(
            1,
            new PeerFacts("Lettuce, sync", "lettuce", "one, shared", "`MGET`", "`GET`, `SET … PX`"),
            LettuceRemote::new),
    /** Another client, also without a cache. */
    JEDIS(
            2,
            new PeerFacts("Jedis, pooled", "jedis", "one per caller", "`MGET`", "`GET`, `SET … PX`"),
            JedisRemote::new),
    /** A client of its own, with a map that forgets. */
    REDISSON(
            3,
            new PeerFacts("Redisson RMapCache", "redisson", "pool of 64", "`getAll`", "`get`, `fastPut`"),
            RedissonRemote::new),
    /** Lettuce inside. */
    JETCACHE(
            4,
            new PeerFacts("JetCache over Lettuce", "jetcache", "one, shared", "`getAll`", "`computeIfAbsent`"),
            JetCacheRemote::new),
    /** Lettuce inside. */
    SPRING(
            5,
            new PeerFacts(
                    "Spring Data Redis cache",
                    "spring-data",
                    "one, shared",
                    "50 × `get`, has no other",
                    "`get(key, loader)`"),
            SpringRemote::new),
    /** What one request at a time for each connection comes to without a JVM. */
    LIMIT(6, new PeerFacts("redis-benchmark", "", "one per caller", "`MGET`", "cannot"), (port, database, ttl) -> {
        throw new UnsupportedOperationException("redis-benchmark is a program, see RedisBenchmark");
    });

    /** Those that are caches and not only clients. */
    static final List<RedisPeer> WRAPPERS = List.of(REDISSON, JETCACHE, SPRING);

    private final int database;
    private final PeerFacts facts;
    private final Opener opener;

    RedisPeer(int database, PeerFacts facts, Opener opener) {
        this.database = database;
        this.facts = facts;
        this.opener = opener;
    }

    @Override
    public PeerFacts facts() {
        return facts;
    }

    /** Returns a new cache on the peer's own database. */
    @Override
    public RemoteCache open(int port, Duration ttl) {
        return opener.open(port, database(), ttl);
    }

    int database() {
        return database;
    }

    /** Returns whether it is a library, which has to be a cache of ours before it is measured. */
    boolean isLibrary() {
        return this != LIMIT;
    }

    private static RemoteCache larder(int port, int database, Duration ttl) {
        return new LarderRemote("redis://127.0.0.1:" + port + "/" + database, ttl);
    }

    private interface Opener {
        RemoteCache open(int port, int database, Duration ttl);
    }
}
