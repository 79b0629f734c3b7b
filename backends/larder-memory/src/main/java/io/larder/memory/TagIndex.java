package io.larder.memory;

import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which keys carry which tag. Thread-safe; each call is atomic for its tag, and made inside the atomic step for its key. */
final class TagIndex<K> {

    private final ConcurrentHashMap<String, Set<K>> keysByTag = new ConcurrentHashMap<>();

    /** Adds {@code key} to {@code tags}, except to those that it is known under. */
    void add(K key, Set<String> tags, Set<String> known) {
        for (String tag : tags) {
            if (!known.contains(tag)) {
                keysByTag.compute(tag, (same, keys) -> {
                    Set<K> members = keys == null ? ConcurrentHashMap.newKeySet() : keys;
                    members.add(key);
                    return members;
                });
            }
        }
    }

    /** Removes {@code key} from {@code tags}, except from those that it still carries. */
    void remove(K key, Set<String> tags, Set<String> kept) {
        for (String tag : tags) {
            if (!kept.contains(tag)) {
                keysByTag.computeIfPresent(tag, (same, keys) -> {
                    keys.remove(key);
                    return keys.isEmpty() ? null : keys;
                });
            }
        }
    }

    /** Returns the keys of {@code tag}, as they change. */
    Set<K> keys(String tag) {
        return keysByTag.getOrDefault(tag, Collections.emptySet());
    }

    int size() {
        return keysByTag.size();
    }
}
