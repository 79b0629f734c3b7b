package io.larder.load;

import io.larder.spi.Entry;
import org.jspecify.annotations.Nullable;

/** Turns a loaded value into the entry to store. */
public interface EntryMaker<V> {

    /** Returns the entry of {@code value}, which is null when there is no such thing; one whose lifetime is over is not to be stored. */
    Entry<V> entry(@Nullable V value);

    /** Returns whether entries may have tags, which has to be known before the load. */
    boolean tags();
}
