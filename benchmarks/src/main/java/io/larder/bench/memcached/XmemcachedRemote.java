package io.larder.bench.memcached;

import io.larder.bench.load.RemoteCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.exception.MemcachedException;
import org.jspecify.annotations.Nullable;

/** Xmemcached as it comes, but for the timeout. */
final class XmemcachedRemote implements RemoteCache {

    private final MemcachedClient client;
    private final int ttlSeconds;

    private interface Call<T extends @Nullable Object> {
        T run() throws MemcachedException, TimeoutException, InterruptedException;
    }

    XmemcachedRemote(int port, int connections, Duration ttl) {
        XMemcachedClientBuilder builder =
                new XMemcachedClientBuilder(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        builder.setConnectionPoolSize(connections);
        builder.setOpTimeout(TIMEOUT.toMillis());
        try {
            client = builder.build();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open xmemcached on port " + port, e);
        }
        ttlSeconds = (int) ttl.toSeconds();
    }

    @Override
    public byte @Nullable [] get(String key) {
        return XmemcachedRemote.<byte @Nullable []>call(() -> client.get(key));
    }

    @Override
    public void put(String key, byte[] value) {
        if (!call(() -> client.set(key, ttlSeconds, value))) {
            throw new IllegalStateException("Xmemcached did not store key '" + key + "'");
        }
    }

    @Override
    public int getAll(List<String> keys) {
        Map<String, byte[]> found = call(() -> client.get(keys));
        return found.size();
    }

    @Override
    public void close() {
        try {
            client.shutdown();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close xmemcached", e);
        }
    }

    private static <T extends @Nullable Object> T call(Call<T> call) {
        try {
            return call.run();
        } catch (MemcachedException | TimeoutException e) {
            throw new IllegalStateException("A call of xmemcached failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while xmemcached waited", e);
        }
    }
}
