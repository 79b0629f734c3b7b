package io.larder.pickle;

import io.larder.CodecException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a pickle has put aside to use it again, by number. Not thread-safe. */
final class Memo {

    private static final int FIRST = 16;

    private final int sizeMax;
    private @Nullable Object[] items = new Object[FIRST];
    private int size;

    /** Makes one for a pickle of {@code bytes}, none of which puts aside two things. */
    Memo(int bytes) {
        this.sizeMax = bytes;
    }

    void add(@Nullable Object item) {
        put(size, item);
    }

    void put(long index, @Nullable Object item) {
        if (index < 0 || index >= sizeMax) {
            throw new CodecException("it remembers something as number " + index, null);
        }
        if (index >= items.length) {
            items = Arrays.copyOf(items, (int) Math.min(sizeMax, Math.max(index + 1, 2L * items.length)));
        }
        items[(int) index] = item;
        size++;
    }

    @Nullable
    Object get(long index) {
        Object item = index < 0 || index >= items.length ? null : items[(int) index];
        if (item == null) {
            throw new CodecException("it uses number " + index + ", which it has not remembered", null);
        }
        return item instanceof Unbuilt unbuilt && unbuilt.built() != null ? unbuilt.built() : item;
    }
}
