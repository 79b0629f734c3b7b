package io.larder.annotations;

import java.lang.reflect.Type;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Reactor's {@code Mono}: each subscriber asks the cache, and the first one's context goes with the load. */
final class MonoDelivery implements Delivery {

    @Override
    public Type valueType(Type returned, Type[] parameters) {
        return Types.argument(returned);
    }

    @Override
    public Object give(@Nullable Object[] arguments, Work work) {
        return Mono.deferContextual(context -> Mono.fromFuture(work.begin(context)));
    }

    @Override
    @SuppressWarnings("unchecked") // What the method's type says.
    public CompletionStage<@Nullable Object> take(Invocation invocation, @Nullable Object context) throws Throwable {
        Mono<Object> mono = (Mono<Object>) invocation.proceed(invocation.arguments());
        return (mono == null ? Mono.empty() : mono)
                .contextWrite((ContextView) Objects.requireNonNull(context))
                .toFuture();
    }
}
