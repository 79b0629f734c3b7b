package io.larder.bench.tiers;

import java.util.List;
import java.util.Locale;

/** Who takes part, in the order of the tables. */
public enum TierPeer {
    /** Ours. */
    LARDER(0, "Larder, memory and Redis", "larder", "Redis's own tracking", "each entry's own"),
    /** What a near tier is made of; no other process sees what is in it. */
    MEMORY(1, "Larder, memory alone", "larder", "nobody", "each entry's own"),
    /** What a near tier spares; every process reads the same. */
    REDIS(2, "Larder, Redis alone", "larder", "not needed", "each entry's own"),
    /** Caffeine and Lettuce inside. */
    JETCACHE(3, "JetCache, two levels", "jetcache", "pub/sub, `syncLocal`", "each entry's own"),
    /** A client of its own. */
    REDISSON(4, "Redisson RLocalCachedMap", "redisson", "pub/sub, `INVALIDATE` and `CLEAR`", "none on Redis");

    /** Nothing is evicted, yet nobody is unbounded. */
    static final int CAPACITY = 12_500;

    /** Those that two processes share. */
    static final List<TierPeer> SHARED = List.of(LARDER, REDIS, JETCACHE, REDISSON);

    /** Those that may keep what another process has changed. */
    static final List<TierPeer> TIERED = List.of(LARDER, JETCACHE, REDISSON);

    private final int database;
    private final String label;
    private final String library;
    private final String coherence;
    private final String ttl;

    TierPeer(int database, String label, String library, String coherence, String ttl) {
        this.database = database;
        this.label = label;
        this.library = library;
        this.coherence = coherence;
        this.ttl = ttl;
    }

    /** Returns a new cache on the peer's own database. */
    public TieredCache open(int port) {
        String near = "memory:?max=" + CAPACITY;
        String far = "redis://127.0.0.1:" + port + "/" + database + "?codec=bytes&timeout="
                + TieredCache.TIMEOUT.toSeconds() + "s";
        // Tracking tells of all databases, hence a name for each.
        String name = name().toLowerCase(Locale.ROOT);
        return switch (this) {
            case LARDER -> new LarderTiers(near + " | " + far, name);
            case MEMORY -> new LarderTiers(near, name);
            case REDIS -> new LarderTiers(far, name);
            case JETCACHE -> new JetCacheTiers(port, database, name);
            case REDISSON -> new RedissonTiers(port, database, name);
        };
    }

    /** Returns whether a hit does not go to Redis. */
    boolean isNear() {
        return this != REDIS;
    }

    String label() {
        return label;
    }

    /** The name under which the build knows its version. */
    String library() {
        return library;
    }

    /** How its near tier learns what others change. */
    String coherence() {
        return coherence;
    }

    String ttl() {
        return ttl;
    }
}
