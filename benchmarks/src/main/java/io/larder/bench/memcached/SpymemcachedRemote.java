package io.larder.bench.memcached;

import io.larder.bench.load.RemoteCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.MemcachedClient;
import org.jspecify.annotations.Nullable;

/** Spymemcached in the text protocol, where it can make one request of gets that wait together. */
final class SpymemcachedRemote implements RemoteCache {

    static {
        // Else it logs to stderr.
        System.setProperty("net.spy.log.LoggerImpl", "net.spy.memcached.compat.log.SLF4JLogger");
    }

    private final MemcachedClient client;
    private final int ttlSeconds;

    SpymemcachedRemote(int port, Duration ttl) {
        try {
            client = new MemcachedClient(
                    new ConnectionFactoryBuilder()
                            .setOpTimeout(TIMEOUT.toMillis())
                            .setShouldOptimize(true)
                            .build(),
                    List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open spymemcached on port " + port, e);
        }
        ttlSeconds = (int) ttl.toSeconds();
    }

    @Override
    public byte @Nullable [] get(String key) {
        return (byte[]) client.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        try {
            if (!client.set(key, ttlSeconds, value).get()) {
                throw new IllegalStateException("Spymemcached did not store key '" + key + "'");
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Spymemcached did not store key '" + key + "'", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while spymemcached stored key '" + key + "'", e);
        }
    }

    @Override
    public int getAll(List<String> keys) {
        return client.getBulk(keys).size();
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
