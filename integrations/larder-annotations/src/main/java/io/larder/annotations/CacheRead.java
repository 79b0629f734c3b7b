package io.larder.annotations;

import io.larder.LoadContext;
import io.larder.LoadException;
import io.larder.annotations.CallTiming.Use;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What {@link Cached} does. Immutable. */
record CacheRead(CacheTarget target, CallTiming timing) {

    @Nullable
    Object answer(Invocation call) throws Throwable {
        @Nullable Object[] arguments = call.arguments();
        Use use = use(arguments);
        if (use == Use.NONE) {
            return call.proceed(arguments);
        }
        String key = target.key().of(arguments, null);
        if (use == Use.READ) {
            var found = target.cache().find(key);
            return found == null || found.stale() ? call.proceed(arguments) : target.result(found.value());
        }
        try {
            return target.result(
                    target.late()
                            ? target.cache().get(key, target.options(), (same, context) -> {
                                return settled(arguments, called(call), context);
                            })
                            : target.cache().get(key, same -> called(call), target.options(arguments, null)));
        } catch (LoadException failure) {
            throw CallFailure.thrown(failure);
        }
    }

    private Use use(@Nullable Object[] arguments) {
        return target.applies(arguments) ? timing.use(target.cache()) : Use.NONE;
    }

    private @Nullable Object called(Invocation call) {
        try {
            return target.value(call.proceed(call.arguments()));
        } catch (Throwable thrown) {
            throw new CallFailure(thrown);
        }
    }

    private @Nullable Object settled(
            @Nullable Object[] arguments, @Nullable Object value, LoadContext<Object> context) {
        if (target.keeps(arguments, value)) {
            context.options(target.options(arguments, value));
        } else {
            context.doNotStore();
        }
        return value;
    }

    /** As {@link #answer}; {@code arguments} are those that make a difference. */
    CompletionStage<@Nullable Object> start(
            Delivery delivery, Invocation call, @Nullable Object[] arguments, @Nullable Object deliveryContext)
            throws Throwable {
        Use use = use(arguments);
        if (use == Use.NONE) {
            return delivery.take(call, deliveryContext);
        }
        String key = target.key().of(arguments, null);
        if (use == Use.READ) {
            return target.cache()
                    .async()
                    .find(key)
                    .thenCompose(found -> found == null || found.stale()
                            ? taken(delivery, call, deliveryContext)
                            : CompletableFuture.completedFuture(target.result(found.value())));
        }
        CompletableFuture<@Nullable Object> value = target.late()
                ? target.cache()
                        .async()
                        .get(
                                key,
                                target.options(),
                                (same, context) -> carried(taken(delivery, call, deliveryContext))
                                        .thenApply(loaded -> settled(arguments, loaded, context)))
                : target.cache()
                        .async()
                        .get(
                                key,
                                same -> carried(taken(delivery, call, deliveryContext)),
                                target.options(arguments, null));
        return value.thenApply(target::result);
    }

    private static CompletionStage<@Nullable Object> taken(
            Delivery delivery, Invocation call, @Nullable Object context) {
        try {
            return delivery.take(call, context);
        } catch (Throwable thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    private CompletionStage<@Nullable Object> carried(CompletionStage<@Nullable Object> stage) {
        return stage.handle((result, failure) -> {
            if (failure != null) {
                throw new CallFailure(CallFailure.thrown(failure));
            }
            return target.value(result);
        });
    }
}
