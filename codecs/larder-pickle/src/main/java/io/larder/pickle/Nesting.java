package io.larder.pickle;

import io.larder.CodecException;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How deep values are in each other, what refers to itself counted once. Confined to one thread. */
final class Nesting {

    private static final int DEPTH_MAX = 500;

    /** How many levels there are in a container, its own included; zero while that is being found out. */
    private final IdentityHashMap<Object, Integer> heights = new IdentityHashMap<>();

    private Nesting() {}

    /** Refuses what is so deep that whoever walks through it would run out of stack. */
    static void check(@Nullable Object value) {
        new Nesting().height(value, 0);
    }

    static void require(int depth) {
        if (depth > DEPTH_MAX) {
            throw new CodecException("it is nested more than " + DEPTH_MAX + " deep", null);
        }
    }

    private int height(@Nullable Object value, int depth) {
        if (!(value instanceof Collection) && !(value instanceof Map)) {
            return 0;
        }
        Integer known = heights.putIfAbsent(value, 0);
        require(depth + (known == null ? 1 : known));
        if (known != null) {
            return known;
        }
        int inside = value instanceof Map<?, ?> dict
                ? Math.max(tallest(dict.keySet(), depth), tallest(dict.values(), depth))
                : tallest((Collection<?>) value, depth);
        heights.put(value, 1 + inside);
        return 1 + inside;
    }

    private int tallest(Collection<?> parts, int depth) {
        int tallest = 0;
        for (Object part : parts) {
            tallest = Math.max(tallest, height(part, depth + 1));
        }
        return tallest;
    }
}
