package io.larder.bench.growth;

import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.bench.mix.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Larder on any URL. */
final class LarderEngine implements Engine {

    static final Duration TTL = Duration.ofHours(1);
    static final String TAG = "team:7";

    /** No call is to fail because the machine is busy. */
    private static final String BYTES = "codec=bytes&timeout=60s";

    private static final int BULK = 1_000;

    private final Larder larder;
    private final Cache<String, byte[]> cache;
    private final EntryOptions options;

    private LarderEngine(String url, EntryOptions options) {
        larder = Larder.open(url);
        cache = larder.cache("bench", String.class, byte[].class).build();
        this.options = options;
    }

    static LarderEngine memory(long max) {
        return new LarderEngine("memory:?max=" + max, EntryOptions.ttl(TTL));
    }

    static LarderEngine disk(Path folder) {
        return new LarderEngine("disk:" + folder + "?memory=0&max=16GiB&" + BYTES, EntryOptions.ttl(TTL));
    }

    static LarderEngine redis(int port) {
        return new LarderEngine("redis://127.0.0.1:" + port + "?" + BYTES, EntryOptions.ttl(TTL));
    }

    /** Returns one on the same URL whose entries have a tag; it closes this. */
    LarderEngine tagged() {
        return new LarderEngine(larder, cache, options.tags(TAG));
    }

    private LarderEngine(Larder larder, Cache<String, byte[]> cache, EntryOptions options) {
        this.larder = larder;
        this.cache = cache;
        this.options = options;
    }

    @Override
    public byte @Nullable [] get(String key) {
        return cache.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        cache.put(key, value, options);
    }

    /** Puts the value under all keys. */
    void fill(List<String> keys, byte[] value) {
        for (int from = 0; from < keys.size(); from += BULK) {
            Map<String, byte[]> some = new LinkedHashMap<>();
            keys.subList(from, Math.min(from + BULK, keys.size())).forEach(key -> some.put(key, value));
            cache.putAll(some, options);
        }
    }

    @Override
    public void remove(String key) {
        cache.remove(key);
    }

    /** Returns how many entries went. */
    long invalidateTag() {
        return cache.invalidateTag(TAG);
    }

    @Override
    public void close() {
        larder.close();
    }
}
