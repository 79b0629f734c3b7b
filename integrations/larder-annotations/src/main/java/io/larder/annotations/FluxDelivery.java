package io.larder.annotations;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Reactor's {@code Flux}, cached as the list of what it brings; it must end. */
final class FluxDelivery implements Delivery {

    @Override
    public Type valueType(Type returned, Type[] parameters) {
        return Types.listOf(Types.argument(returned));
    }

    @Override
    public Object give(@Nullable Object[] arguments, Work work) {
        return Flux.deferContextual(
                context -> Mono.fromFuture(work.begin(context)).flatMapIterable(list -> (List<?>) list));
    }

    @Override
    @SuppressWarnings("unchecked") // What the method's type says.
    public CompletionStage<@Nullable Object> take(Invocation invocation, @Nullable Object context) throws Throwable {
        Flux<Object> flux = (Flux<Object>) invocation.proceed(invocation.arguments());
        return (flux == null ? Flux.empty() : flux)
                .contextWrite((ContextView) Objects.requireNonNull(context))
                .collectList()
                .map(Object.class::cast)
                .toFuture();
    }
}
