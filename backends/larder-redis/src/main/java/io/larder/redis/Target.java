package io.larder.redis;

import io.larder.spi.BackendContext;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What all connections of one URL share. Immutable.
 *
 * @param url without secrets
 * @param timeout how long core waits for an answer, as far as the URL tells
 */
record Target(
        RedisAddress address,
        RedisConfig config,
        String url,
        Duration timeout,
        RedisErrors errors,
        BackendContext context) {

    /**
     * Returns a connection that {@code connect} makes when it is needed.
     *
     * <p>A refusal that comes before Lettuce is ready for it loses its reason, a wrong password for instance. Asked once more, it tells.
     */
    Lazy lazy(ClientResources resources, Supplier<? extends CompletionStage<Commands>> connect) {
        return new Lazy(
                () -> connect.get()
                        .toCompletableFuture()
                        .exceptionallyCompose(failure -> RedisErrors.isWithoutReason(failure)
                                ? connect.get()
                                : CompletableFuture.failedFuture(failure)),
                errors::explain,
                new Backoff(config.link().reconnectMax()),
                context.scheduler(),
                resources.eventExecutorGroup());
    }
}
