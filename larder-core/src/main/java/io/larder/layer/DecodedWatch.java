package io.larder.layer;

import io.larder.CodecException;
import io.larder.spi.Backend;
import io.larder.spi.ChangeListener;
import io.larder.spi.Cover;
import io.larder.spi.KeyCodec;
import io.larder.spi.KeyPattern;
import io.larder.spi.Watch;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A watch whose keys are a caller's, over one whose keys are strings. Thread-safe. */
final class DecodedWatch<K> implements Watch<K> {

    private final Watch<String> below;
    private final KeyCodec<K> keys;

    private DecodedWatch(Watch<String> below, KeyCodec<K> keys) {
        this.below = below;
        this.keys = keys;
    }

    /** Returns one over {@code backend}, or null where that has none. */
    static <K> @Nullable Watch<K> of(Backend<String, byte[]> backend, KeyCodec<K> keys, ChangeListener<K> told) {
        Watch<String> below = backend.watch(new Decoding<>(keys, told));
        return below == null ? null : new DecodedWatch<>(below, keys);
    }

    @Override
    public String name() {
        return below.name();
    }

    @Override
    public Duration bound() {
        return below.bound();
    }

    @Override
    public boolean coversAll() {
        return below.coversAll();
    }

    @Override
    public @Nullable Cover cover() {
        return below.cover();
    }

    @Override
    public boolean covers(K key) {
        return below.covers(keys.encode(key));
    }

    @Override
    public boolean isOptional() {
        return below.isOptional();
    }

    @Override
    public void close() {
        below.close();
    }

    private record Decoding<K>(KeyCodec<K> keys, ChangeListener<K> told) implements ChangeListener<String> {

        @Override
        public void changed(String text) {
            K key;
            try {
                key = keys.decode(text);
            } catch (CodecException e) {
                // What is no key of this cache cannot be in a near tier of it.
                return;
            }
            told.changed(key);
        }

        @Override
        public void changed(KeyPattern pattern) {
            told.changed(pattern);
        }

        @Override
        public void changedTag(String tag) {
            told.changedTag(tag);
        }

        @Override
        public void refused(RuntimeException cause) {
            told.refused(cause);
        }
    }
}
