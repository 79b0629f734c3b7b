package io.larder.pickle;

import io.larder.CodecException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be the key of a dict or in a set: what Python cannot change. Has no state. */
final class Keys {

    private Keys() {}

    /** Returns {@code value} as a key: bytes as a read-only buffer, which is equal where they are. */
    static @Nullable Object key(@Nullable Object value, Budget budget) {
        return key(value, 0, budget);
    }

    static void addAll(Set<@Nullable Object> set, Collection<?> items, Budget budget) {
        items.forEach(item -> set.add(key(item, budget)));
    }

    static Set<@Nullable Object> frozenSet(Collection<?> items, Budget budget) {
        return frozenSet(items, 0, budget);
    }

    /** Spends for each part, because tuples in tuples could take an exponential time to compare. */
    private static @Nullable Object key(@Nullable Object value, int depth, Budget budget) {
        Nesting.require(depth);
        budget.spend(1);
        if (value instanceof byte[] bytes) {
            budget.spend(bytes.length);
            return ByteBuffer.wrap(bytes.clone()).asReadOnlyBuffer();
        }
        if (value instanceof ArrayList
                || value instanceof LinkedList
                || value instanceof LinkedHashMap
                || value instanceof LinkedHashSet) {
            throw new CodecException("a key of a dict or set is a list, a deque, a dict or a set", null);
        }
        if (value instanceof List<?> tuple) {
            List<@Nullable Object> parts = new ArrayList<>(tuple.size());
            tuple.forEach(part -> parts.add(key(part, depth + 1, budget)));
            return Collections.unmodifiableList(parts);
        }
        return value instanceof Set<?> set ? frozenSet(set, depth + 1, budget) : value;
    }

    private static Set<@Nullable Object> frozenSet(Collection<?> items, int depth, Budget budget) {
        Set<@Nullable Object> set = new LinkedHashSet<>();
        items.forEach(item -> set.add(key(item, depth, budget)));
        return Collections.unmodifiableSet(set);
    }
}
