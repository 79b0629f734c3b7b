package io.larder.examples;

import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import java.time.Duration;

/**
 * How do programs share a cache? Each opens the same Redis; two Larders stand for two programs here.
 *
 * <p>Give the URL of a server, or run one on this machine. You will see:
 *
 * <pre>{@code
 * asking the repository for 42
 * one: User[id=42, name=Ann]
 * two: User[id=42, name=Ann]
 * two removes 1, one finds null
 * }</pre>
 */
public final class SharedOnRedis {

    record User(String id, String name) {}

    private SharedOnRedis() {}

    /** Runs the example. */
    public static void main(String[] args) {
        String url = args.length > 0 ? args[0] : "redis://localhost:6379";
        try (Larder one = Larder.open(url);
                Larder two = Larder.open(url)) {
            Cache<String, User> users = users(one);
            Cache<String, User> sameUsers = users(two);
            users.clear();
            EntryOptions team = EntryOptions.tagged("team:7");

            System.out.println("one: " + users.get("42", SharedOnRedis::find, team));
            System.out.println("two: " + sameUsers.get("42", SharedOnRedis::find, team));
            System.out.println("two removes " + sameUsers.invalidateTag("team:7") + ", one finds " + users.get("42"));
        }
    }

    private static Cache<String, User> users(Larder larder) {
        return larder.cache("users", String.class, User.class)
                .namespace("examples")
                .ttl(Duration.ofMinutes(5))
                .build();
    }

    /** Stands for a query that takes its time. */
    private static User find(String id) {
        System.out.println("asking the repository for " + id);
        return new User(id, "Ann");
    }
}
