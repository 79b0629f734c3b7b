package io.larder.bench.disk;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.bench.mix.Engine;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Larder as it comes. */
final class LarderDisk implements Engine {

    private final Larder larder;
    private final Cache<String, byte[]> cache;

    LarderDisk(Path folder) {
        // As long as python-diskcache waits: what is measured is also how long a saturated disk keeps everybody
        // waiting.
        larder = Larder.open("disk:" + folder + "?codec=bytes&timeout=60s");
        cache = larder.cache("bench", String.class, byte[].class).build();
    }

    @Override
    public byte @Nullable [] get(String key) {
        return cache.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        cache.put(key, value);
    }

    @Override
    public void remove(String key) {
        cache.remove(key);
    }

    @Override
    public void close() {
        larder.close();
    }
}
