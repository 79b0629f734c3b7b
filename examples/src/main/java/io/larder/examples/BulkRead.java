package io.larder.examples;

import io.larder.Cache;
import io.larder.Larder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How do I read many keys with one query for those that are missing? With a bulk loader.
 *
 * <p>You will see:
 *
 * <pre>{@code
 * one query for [2, 3]
 * {1=Ann, 2=user 2, 3=user 3}
 * one query for [4]
 * {3=user 3, 4=user 4}
 * }</pre>
 */
public final class BulkRead {

    private BulkRead() {}

    /** Runs the example. */
    public static void main(String[] args) {
        try (Larder larder = Larder.open("memory:")) {
            Cache<Integer, String> users =
                    larder.cache("users", Integer.class, String.class).build();
            users.put(1, "Ann");

            System.out.println(users.getAll(List.of(1, 2, 3), BulkRead::findAll));
            System.out.println(users.getAll(List.of(3, 4), BulkRead::findAll));
        }
    }

    private static Map<Integer, String> findAll(Set<Integer> ids) {
        System.out.println("one query for " + new TreeSet<>(ids));
        Map<Integer, String> found = new TreeMap<>();
        ids.forEach(id -> found.put(id, "user " + id));
        return found;
    }
}
