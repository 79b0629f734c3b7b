package io.larder.bench.memcached;

import io.larder.bench.load.RemoteCache;
import io.larder.memcached.client.ClientSettings;
import io.larder.memcached.client.IoThreads;
import io.larder.memcached.client.MemcachedServer;
import io.larder.memcached.client.MetaFlags;
import io.larder.memcached.client.MetaReply;
import io.larder.memcached.client.MetaRequest;
import io.larder.memcached.client.ServerAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The client of the meta protocol inside Larder, with nothing around it. */
final class ClientRemote implements RemoteCache {

    private static final MetaFlags VALUE = MetaFlags.of("v");

    private final IoThreads threads = IoThreads.start("larder-bench-io", 1);
    private final MemcachedServer server;
    private final MetaFlags lifetime;

    ClientRemote(int port, Duration ttl) {
        ClientSettings settings = ClientSettings.DEFAULT.withTimeouts(TIMEOUT, TIMEOUT);
        server = new MemcachedServer(ServerAddress.tcp("127.0.0.1", port), settings, threads);
        lifetime = MetaFlags.NONE.with('T', ttl.toSeconds());
    }

    @Override
    public byte @Nullable [] get(String key) {
        return server.call(MetaRequest.get(bytes(key), VALUE)).join().value();
    }

    @Override
    public void put(String key, byte[] value) {
        MetaReply stored =
                server.call(MetaRequest.set(bytes(key), value, lifetime)).join();
        if (!stored.done()) {
            throw new IllegalStateException("Larder's client did not store key '" + key + "': " + stored);
        }
    }

    @Override
    public int getAll(List<String> keys) {
        List<MetaRequest> asked =
                keys.stream().map(key -> MetaRequest.get(bytes(key), VALUE)).toList();
        return (int) server.callQuietly(asked).stream()
                .map(CompletableFuture::join)
                .filter(reply -> reply.value() != null)
                .count();
    }

    @Override
    public void close() {
        server.close();
        threads.close();
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
