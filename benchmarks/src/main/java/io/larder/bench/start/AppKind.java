package io.larder.bench.start;

import java.util.List;

/** With which cache the application starts, in the order of the table. */
@SuppressWarnings("ImmutableEnumChecker") // Lists that nobody can change.
enum AppKind {
    /** What all begin with. */
    NONE("no cache", List.of("org.springframework.boot:spring-boot-starter:${spring-boot.version}"), List.of()),
    /** Ours. */
    LARDER("Larder", List.of("io.larder:larder-spring-boot-starter"), List.of("larder.url=memory:?max=10k&ttl=1h")),
    /** What Boot does with Caffeine there. */
    CAFFEINE(
            "Spring with Caffeine",
            List.of(
                    "org.springframework.boot:spring-boot-starter-cache:${spring-boot.version}",
                    "com.github.ben-manes.caffeine:caffeine"),
            List.of("spring.cache.caffeine.spec=maximumSize=10000,expireAfterWrite=1h")),
    /** What Boot does with a provider of JCache there. */
    EHCACHE(
            "Spring with Ehcache, JCache",
            List.of(
                    "org.springframework.boot:spring-boot-starter-cache:${spring-boot.version}",
                    "javax.cache:cache-api",
                    "org.ehcache:ehcache"),
            List.of());

    private final String label;
    private final List<String> dependencies;
    private final List<String> properties;

    AppKind(String label, List<String> dependencies, List<String> properties) {
        this.label = label;
        this.dependencies = dependencies;
        this.properties = properties;
    }

    String label() {
        return label;
    }

    /** Returns what its pom names, as {@code group:artifact} or with a version. */
    List<String> dependencies() {
        return dependencies;
    }

    List<String> properties() {
        return properties;
    }

    boolean isCached() {
        return this != NONE;
    }
}
