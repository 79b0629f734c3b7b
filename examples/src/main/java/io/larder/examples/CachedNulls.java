package io.larder.examples;

import io.larder.Cache;
import io.larder.Larder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How do I keep reads of what does not exist from reaching the database? By a ttl for "no such thing".
 *
 * <p>You will see:
 *
 * <pre>{@code
 * asking the repository for 99
 * null
 * null
 * cached as nothing: true
 * }</pre>
 */
public final class CachedNulls {

    private CachedNulls() {}

    /** Runs the example. */
    public static void main(String[] args) {
        try (Larder larder = Larder.open("memory:")) {
            Cache<String, String> users = larder.cache("users", String.class, String.class)
                    .missTtl(Duration.ofSeconds(30))
                    .build();

            System.out.println(users.get("99", CachedNulls::find));
            System.out.println(users.get("99", CachedNulls::find));
            System.out.println("cached as nothing: " + users.contains("99"));
        }
    }

    private static @Nullable String find(String id) {
        System.out.println("asking the repository for " + id);
        return null;
    }
}
