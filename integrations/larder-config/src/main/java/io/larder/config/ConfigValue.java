package io.larder.config;

import java.util.List;

/**
 * A value that is in effect, and where it comes from. Immutable.
 *
 * @param path such as {@code caches}, {@code users}, {@code ttl}
 * @param value as it may be shown: without secrets
 * @param source such as {@code larder.yaml:7}, with the profile and the variables it took, or {@value #STANDARD}
 */
public record ConfigValue(List<String> path, String value, String source) {

    /** The source of what nobody has set. */
    public static final String STANDARD = "default";

    /** Copies the path. */
    public ConfigValue {
        path = List.copyOf(path);
    }

    /** Returns the path with dots between, such as {@code caches.users.ttl}. */
    public String key() {
        return String.join(".", path);
    }

    boolean isStandard() {
        return source.equals(STANDARD);
    }
}
