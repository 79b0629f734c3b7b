package io.larder.bench.load;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A cache on no server. */
final class MapCache implements RemoteCache {

    final Map<String, byte[]> entries = new ConcurrentHashMap<>();
    final AtomicInteger readThroughs = new AtomicInteger();
    final AtomicInteger loads = new AtomicInteger();

    @Override
    public byte @Nullable [] get(String key) {
        return entries.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        entries.put(key, value);
    }

    @Override
    public int getAll(List<String> keys) {
        return (int) keys.stream().filter(entries::containsKey).count();
    }

    @Override
    public byte[] get(String key, Supplier<byte[]> loader) {
        readThroughs.incrementAndGet();
        return entries.computeIfAbsent(key, missing -> {
            loads.incrementAndGet();
            return loader.get();
        });
    }

    @Override
    public void close() {
        entries.clear();
    }
}
