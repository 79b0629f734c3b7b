package io.larder.bench.memory;

import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Larder on {@code memory:}, with a ttl and a tag on every put; it always counts. */
final class LarderContender implements Contender {

    /** As many as eight bits tell apart. */
    private static final int TAGS = 256;

    private final Larder larder;
    private final Cache<String, String> cache;
    private final EntryOptions[] options = new EntryOptions[TAGS];

    LarderContender(int capacity, Duration ttl) {
        larder = Larder.open("memory:?max=" + capacity);
        cache = larder.cache("bench", String.class, String.class).build();
        for (int tag = 0; tag < TAGS; tag++) {
            options[tag] = EntryOptions.ttl(ttl).tags("team:" + tag);
        }
    }

    @Override
    public @Nullable String get(String key) {
        return cache.get(key);
    }

    @Override
    public void put(String key, String value) {
        // Mixed, or all keys of a tag would end in the same bits, and its index be a single bucket.
        int mixed = key.hashCode() * 0x9E3779B9;
        cache.put(key, value, options[mixed >>> 24]);
    }

    @Override
    public void close() {
        larder.close();
    }
}
