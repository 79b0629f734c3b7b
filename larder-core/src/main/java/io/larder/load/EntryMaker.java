package io.larder.load;

import io.larder.spi.Entry;
import org.jspecify.annotations.Nullable;

/** Turns a loaded value into the entry to store; one whose lifetime is over says that it is not to be stored. */
@FunctionalInterface
public interface EntryMaker<V> {

    /** Returns the entry of {@code value}, which is null when there is no such thing. */
    Entry<V> entry(@Nullable V value);
}
