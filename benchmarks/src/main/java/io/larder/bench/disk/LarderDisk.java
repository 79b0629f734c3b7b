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
        larder = Larder.open("disk:" + folder + "?codec=bytes");
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
