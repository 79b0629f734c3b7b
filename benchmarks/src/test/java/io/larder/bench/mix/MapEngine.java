package io.larder.bench.mix;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An engine that keeps nothing on disk. */
public class MapEngine implements Engine {

    /** What it keeps. */
    protected final Map<String, byte[]> entries = new ConcurrentHashMap<>();

    @Override
    public byte @Nullable [] get(String key) {
        return entries.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        entries.put(key, value);
    }

    @Override
    public void remove(String key) {
        entries.remove(key);
    }

    @Override
    public void close() {}
}
