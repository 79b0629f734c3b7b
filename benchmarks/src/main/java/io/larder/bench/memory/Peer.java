package io.larder.bench.memory;

import java.time.Duration;

/** Who takes part, in the order of the tables. */
public enum Peer {
    /** Ours. */
    LARDER("Larder", "larder", "each entry's own", "one each", "on", LarderContender::new),
    /** What the ratios compare with. */
    CAFFEINE(
            "Caffeine, variable expiry",
            "caffeine",
            "each entry's own (`Expiry`)",
            "cannot",
            "off",
            CaffeineContender::variableExpiry),
    /** What Caffeine does when it has nothing to do but its bound. */
    CAFFEINE_BOUND_ONLY(
            "Caffeine, bound only",
            "caffeine",
            "off",
            "cannot",
            "off",
            (capacity, ttl) -> CaffeineContender.boundOnly(capacity)),
    /** Caffeine inside. */
    JETCACHE("JetCache over Caffeine", "jetcache", "each entry's own", "cannot", "off", JetCacheContender::new),
    /** Caffeine inside. */
    SPRING("Spring's CaffeineCache", "spring", "each entry's own (`Expiry`)", "cannot", "off", SpringContender::new),
    /** An engine of its own. */
    CACHE2K("cache2k", "cache2k", "each entry's own (`ExpiryPolicy`)", "cannot", "on", Cache2kContender::new),
    /** An engine of its own. */
    EHCACHE("Ehcache, heap", "ehcache", "each entry's own (`ExpiryPolicy`)", "cannot", "on", EhcacheContender::new);

    private final String label;
    private final String library;
    private final String ttl;
    private final String tags;
    private final String statistics;

    @SuppressWarnings("ImmutableEnumChecker") // References to constructors, which keep nothing.
    private final Opener opener;

    Peer(String label, String library, String ttl, String tags, String statistics, Opener opener) {
        this.label = label;
        this.library = library;
        this.ttl = ttl;
        this.tags = tags;
        this.statistics = statistics;
        this.opener = opener;
    }

    /** Returns a new, empty cache that holds about {@code capacity} entries. */
    public Contender open(int capacity, Duration ttl) {
        return opener.open(capacity, ttl);
    }

    /** Returns whether its entries expire. */
    public boolean expires() {
        return this != CAFFEINE_BOUND_ONLY;
    }

    /** Returns the name for people. */
    public String label() {
        return label;
    }

    /** Returns the name under which the build knows its version. */
    public String library() {
        return library;
    }

    String ttl() {
        return ttl;
    }

    String tags() {
        return tags;
    }

    String statistics() {
        return statistics;
    }

    private interface Opener {
        Contender open(int capacity, Duration ttl);
    }
}
