package io.larder.bench.load;

import static java.util.Objects.requireNonNull;

import io.larder.Cache;
import io.larder.Larder;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Larder as it comes, but for the timeout. */
public final class LarderRemote implements RemoteCache {

    private final Larder larder;
    private final Cache<String, byte[]> cache;

    /** Opens it on a URL without parameters. */
    public LarderRemote(String url, Duration ttl) {
        larder = Larder.open(url + "?codec=bytes&timeout=" + TIMEOUT.toSeconds() + "s");
        cache = larder.cache("bench", String.class, byte[].class).ttl(ttl).build();
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
    public int getAll(List<String> keys) {
        return cache.getAll(keys).size();
    }

    @Override
    public byte[] get(String key, Supplier<byte[]> loader) {
        return requireNonNull(cache.get(key, missing -> loader.get()));
    }

    @Override
    public void close() {
        larder.close();
    }
}
