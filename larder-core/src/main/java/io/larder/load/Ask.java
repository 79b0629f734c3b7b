package io.larder.load;

import org.jspecify.annotations.Nullable;

/**
 * One caller's question. Immutable.
 *
 * @param asker the flight whose loader asks, or null when no loader does
 * @param since the last load that had begun in this process when the caller came
 * @param again whether it is asked for the second time
 * @param waits for how many leases of other processes the caller has waited
 */
record Ask<K, V>(
        K key,
        Source<K, V> source,
        EntryMaker<V> maker,
        @Nullable Flight<?> asker,
        long since,
        boolean again,
        int waits) {

    /** Returns a question that is asked for the first time. */
    static <K, V> Ask<K, V> of(K key, Source<K, V> source, EntryMaker<V> maker, @Nullable Flight<?> asker, long since) {
        return new Ask<>(key, source, maker, asker, since, false, 0);
    }

    Ask<K, V> onceMore() {
        return new Ask<>(key, source, maker, asker, since, true, waits);
    }

    /** Returns the question as {@code wait} asks it, anew, when the lease that it waited for is over. */
    Ask<K, V> after(Flight<V> wait) {
        return new Ask<>(key, source, maker, wait, since, false, waits + 1);
    }
}
