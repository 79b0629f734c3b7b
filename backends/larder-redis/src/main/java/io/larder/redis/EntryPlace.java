package io.larder.redis;

import io.larder.CodecException;
import io.larder.codec.KeyBytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where an entry is: its key as text and as bytes, which must not be changed, and the bucket of it. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record EntryPlace(int bucket, String text, byte[] key) {

    static EntryPlace of(String text, KeyLayout layout) {
        byte[] key = KeyBytes.encode(text);
        return new EntryPlace(layout.bucketOf(key), text, key);
    }

    /** Returns the place of a key as a server tells it, or null for one that Larder cannot have written. */
    static @Nullable EntryPlace of(byte[] key, KeyLayout layout) {
        try {
            return new EntryPlace(layout.bucketOf(key), KeyBytes.decode(key), key);
        } catch (CodecException notOurs) {
            return null;
        }
    }

    /** Returns the places by bucket, in each in their order. */
    static Map<Integer, List<EntryPlace>> byBucket(Collection<EntryPlace> places) {
        Map<Integer, List<EntryPlace>> byBucket = new TreeMap<>();
        places.forEach(place -> byBucket.computeIfAbsent(place.bucket(), first -> new ArrayList<>())
                .add(place));
        return byBucket;
    }
}
