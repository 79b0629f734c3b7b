package io.larder.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What tells a near tier of the changes in a far one, by {@link Backend#watch}. Thread-safe.
 *
 * <p>Changes are told in the order in which they were made, key by key; after what may have been missed, {@link ChangeListener#changed(KeyPattern)}
 * names the keys concerned before any of them is covered again.
 */
public interface Watch<K> extends AutoCloseable {

    /** Returns how changes are told, in a word, such as {@code tracking}. */
    String name();

    /** Returns how old the newest change may be that has not been told of a covered key. */
    Duration bound();

    /** Returns whether every key is covered, which is asked first; no where that is not known without a look at the key. */
    default boolean coversAll() {
        return false;
    }

    /** Returns what tells the same as {@link #coversAll} for less than a call through all layers; null where there is no such thing. */
    default @Nullable Cover cover() {
        return null;
    }

    /**
     * Returns whether every change of {@code key} that was made longer than {@link #bound} ago has been told. Costs no more than a look
     * at a clock.
     */
    boolean covers(K key);

    /**
     * Returns whether a near tier may do without, once it was {@link ChangeListener#refused}: keep copies that are old for a short time
     * at most. Else it keeps none.
     */
    boolean isOptional();

    /** Ends it; idempotent. */
    @Override
    void close();
}
