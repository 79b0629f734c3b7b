package io.larder.examples;

import io.larder.Cache;
import io.larder.Larder;
import java.time.Duration;

/**
 * How do I load what is missing? The loader runs for the first read only.
 *
 * <p>You will see:
 *
 * <pre>{@code
 * asking the repository for 42
 * User[id=42, name=Ann]
 * User[id=42, name=Ann]
 * 1 hit, 1 miss
 * }</pre>
 */
public final class ReadThrough {

    record User(String id, String name) {}

    private ReadThrough() {}

    /** Runs the example. */
    public static void main(String[] args) {
        try (Larder larder = Larder.open("memory:?max=10k")) {
            Cache<String, User> users = larder.cache("users", String.class, User.class)
                    .ttl(Duration.ofMinutes(5))
                    .build();

            System.out.println(users.get("42", ReadThrough::find));
            System.out.println(users.get("42", ReadThrough::find));
            System.out.println(users.stats().hits() + " hit, " + users.stats().misses() + " miss");
        }
    }

    /** Stands for a query that takes its time. */
    private static User find(String id) {
        System.out.println("asking the repository for " + id);
        return new User(id, "Ann");
    }
}
