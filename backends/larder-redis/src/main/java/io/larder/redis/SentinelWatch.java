package io.larder.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks the sentinels which replicas are up. Thread-safe; nothing in it waits. */
final class SentinelWatch {

    private final RedisClient client;
    private final RedisURI uri;
    private final Consumer<Collection<RedisAddress.Node>> told;
    /** Guarded by {@code this}. */
    private @Nullable CompletableFuture<StatefulRedisSentinelConnection<String, String>> way;
    /** Guarded by {@code this}. */
    private boolean closed;

    SentinelWatch(RedisClient client, RedisURI uri, Consumer<Collection<RedisAddress.Node>> told) {
        this.client = client;
        this.uri = uri;
        this.told = told;
    }

    /** Asks once; called now and then. */
    void ask() {
        var unused = connection()
                .thenCompose(sentinel -> sentinel.async().replicas(uri.getSentinelMasterId()))
                .whenComplete((replicas, failure) -> {
                    if (failure == null) {
                        told.accept(up(replicas));
                    }
                });
    }

    private synchronized CompletableFuture<StatefulRedisSentinelConnection<String, String>> connection() {
        CompletableFuture<StatefulRedisSentinelConnection<String, String>> known = way;
        boolean lost = known != null
                && known.isDone()
                && (known.isCompletedExceptionally() || !known.join().isOpen());
        if (known != null && !lost) {
            return known;
        }
        if (closed) {
            return CompletableFuture.failedFuture(new IllegalStateException("closed"));
        }
        if (known != null && !known.isCompletedExceptionally()) {
            var unused = known.join().closeAsync();
        }
        // Lettuce would connect to the same sentinel again; this asks them all, in their order.
        CompletableFuture<StatefulRedisSentinelConnection<String, String>> next =
                client.connectSentinelAsync(StringCodec.UTF8, uri);
        way = next;
        return next;
    }

    private static List<RedisAddress.Node> up(List<Map<String, String>> replicas) {
        List<RedisAddress.Node> nodes = new ArrayList<>();
        for (Map<String, String> replica : replicas) {
            String flags = replica.getOrDefault("flags", "");
            String host = replica.get("ip");
            String port = replica.get("port");
            if (host != null && port != null && !flags.contains("down") && !flags.contains("disconnected")) {
                nodes.add(new RedisAddress.Node(host, Integer.parseInt(port)));
            }
        }
        return nodes;
    }

    CompletableFuture<?> close() {
        CompletableFuture<StatefulRedisSentinelConnection<String, String>> known;
        synchronized (this) {
            closed = true;
            known = way;
        }
        return known == null
                ? CompletableFuture.completedFuture(null)
                : known.thenCompose(StatefulRedisSentinelConnection::closeAsync);
    }
}
