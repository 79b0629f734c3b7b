package io.larder;

import io.larder.load.EntryMaker;
import io.larder.spi.Entry;
import org.jspecify.annotations.Nullable;

/** Makes entries of loaded values by the options of the call that loads. Immutable. */
record LoadedEntryMaker<V>(Lifetimes lifetimes, EntryOptions complete) implements EntryMaker<V> {

    @Override
    public Entry<V> entry(@Nullable V value) {
        return new Entry<>(
                value,
                value == null ? lifetimes.ofLoadedNothing(complete) : lifetimes.ofValue(complete),
                complete.tags());
    }

    @Override
    public boolean tags() {
        return !complete.tags().isEmpty();
    }
}
