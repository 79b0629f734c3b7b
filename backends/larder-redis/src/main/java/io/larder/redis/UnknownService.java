package io.larder.redis;

import io.larder.BackendException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.StringCodec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Tells which services there are to somebody whose sentinels do not know the one that the URL names. */
final class UnknownService {

    private UnknownService() {}

    /** Returns a failure: this one, or if it is about the service's name, one that names those that exist. */
    static CompletableFuture<Commands> explained(
            RedisClient client, RedisURI uri, RedisAddress address, Throwable failure) {
        if (!isAboutName(failure)) {
            return CompletableFuture.failedFuture(failure);
        }
        return client.connectSentinelAsync(StringCodec.UTF8, uri)
                .thenCompose(sentinel -> sentinel.async()
                        .masters()
                        .toCompletableFuture()
                        .whenComplete((services, ignored) -> {
                            var unused = sentinel.closeAsync();
                        }))
                .handle((services, ignored) -> services == null ? List.<Map<String, String>>of() : services)
                .thenCompose(services -> CompletableFuture.failedFuture(told(address, services, failure)));
    }

    private static boolean isAboutName(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (String.valueOf(each.getMessage()).contains("Cannot provide redisAddress using sentinel for masterId")) {
                return true;
            }
        }
        return false;
    }

    private static BackendException told(RedisAddress address, List<Map<String, String>> services, Throwable failure) {
        String known = services.stream()
                .map(service -> "'" + service.get("name") + "'")
                .sorted()
                .collect(Collectors.joining(", "));
        return BackendException.lasting(
                address.name() + " is not known to them. "
                        + (known.isEmpty() ? "Check the name in the URL's path" : "They know " + known),
                failure);
    }
}
