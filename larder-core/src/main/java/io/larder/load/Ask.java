package io.larder.load;

import org.jspecify.annotations.Nullable;

/**
 * One caller's question. Immutable.
 *
 * @param asker the flight whose loader asks, or null when no loader does
 * @param again whether it is asked for the second time, so that every flight it finds began after the caller did
 */
record Ask<K, V>(
        K key,
        Source<K, V> source,
        EntryMaker<V> maker,
        @Nullable Flight<?> asker,
        boolean again) {

    Ask<K, V> onceMore() {
        return new Ask<>(key, source, maker, asker, true);
    }
}
