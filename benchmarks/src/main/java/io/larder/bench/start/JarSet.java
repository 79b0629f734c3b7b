package io.larder.bench.start;

import java.util.List;

/** What a program names to get a cache, and all that comes with it, in the order of the table. */
@SuppressWarnings("ImmutableEnumChecker") // Lists that nobody can change.
enum JarSet {
    /** Ours, without a backend. */
    LARDER_CORE("larder-core", "io.larder:larder-core"),
    /** Ours. */
    LARDER_MEMORY("larder-memory", "io.larder:larder-memory"),
    /** In the process. */
    CAFFEINE("Caffeine", "com.github.ben-manes.caffeine:caffeine"),
    /** In the process. */
    CACHE2K("cache2k", "org.cache2k:cache2k-core"),
    /** In the process. */
    EHCACHE("Ehcache, without JAXB", "org.ehcache:ehcache"),
    /** Ours. */
    LARDER_REDIS("larder-redis", "io.larder:larder-redis"),
    /** Ours, with a codec for any object. */
    LARDER_REDIS_JSON("larder-redis and larder-jackson", "io.larder:larder-redis", "io.larder:larder-jackson"),
    /** The client inside ours. */
    LETTUCE("Lettuce", "io.lettuce:lettuce-core"),
    /** On a server. */
    REDISSON("Redisson", "org.redisson:redisson:${redisson.version}"),
    /** On a server. */
    JETCACHE("JetCache, Lettuce", "com.alicp.jetcache:jetcache-redis-lettuce:${jetcache.version}");

    private final String label;
    private final List<String> dependencies;

    JarSet(String label, String... dependencies) {
        this.label = label;
        this.dependencies = List.of(dependencies);
    }

    String label() {
        return label;
    }

    /** Returns what its pom names, as {@code group:artifact} or with a version. */
    List<String> dependencies() {
        return dependencies;
    }
}
