package io.larder.bench.memcached;

import com.spotify.folsom.MemcacheClient;
import com.spotify.folsom.MemcacheClientBuilder;
import com.spotify.folsom.MemcacheStatus;
import io.larder.bench.load.RemoteCache;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Folsom in the text protocol, which it calls the more efficient. */
final class FolsomRemote implements RemoteCache {

    private final MemcacheClient<byte[]> client;
    private final int ttlSeconds;

    FolsomRemote(int port, int connections, Duration ttl) {
        client = MemcacheClientBuilder.newByteArrayClient()
                .withAddress("127.0.0.1", port)
                .withConnections(connections)
                // Who waits is woken by the I/O thread itself.
                .withReplyExecutor(null)
                .withConnectionTimeoutMillis(TIMEOUT.toMillis())
                .connectAscii();
        ttlSeconds = (int) ttl.toSeconds();
        try {
            client.awaitFullyConnected(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Folsom did not connect to port " + port + " within " + TIMEOUT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while folsom connected", e);
        }
    }

    @Override
    public byte @Nullable [] get(String key) {
        return client.get(key).toCompletableFuture().join();
    }

    @Override
    public void put(String key, byte[] value) {
        MemcacheStatus status =
                client.set(key, value, ttlSeconds).toCompletableFuture().join();
        if (status != MemcacheStatus.OK) {
            throw new IllegalStateException("Folsom did not store key '" + key + "': " + status);
        }
    }

    @Override
    public int getAll(List<String> keys) {
        List<byte[]> found = client.get(keys).toCompletableFuture().join();
        return (int) found.stream().filter(Objects::nonNull).count();
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
