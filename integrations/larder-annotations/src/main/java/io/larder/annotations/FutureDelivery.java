package io.larder.annotations;

import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code CompletionStage}, or {@code CompletableFuture}. */
final class FutureDelivery implements Delivery {

    @Override
    public Type valueType(Type returned, Type[] parameters) {
        return Types.argument(returned);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The caller gets it.
    public Object give(@Nullable Object[] arguments, Work work) {
        return work.begin(null);
    }

    @Override
    @SuppressWarnings("unchecked") // What the method's type says.
    public CompletionStage<@Nullable Object> take(Invocation invocation, @Nullable Object context) throws Throwable {
        Object stage = invocation.proceed(invocation.arguments());
        return stage == null ? CompletableFuture.completedFuture(null) : (CompletionStage<@Nullable Object>) stage;
    }
}
