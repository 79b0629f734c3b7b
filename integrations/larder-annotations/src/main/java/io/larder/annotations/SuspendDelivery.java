package io.larder.annotations;

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kotlin.ResultKt;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.SafeContinuation;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import org.jspecify.annotations.Nullable;

/** Kotlin's {@code suspend}: the compiler adds a parameter that is told the result, unless there is one at once. */
final class SuspendDelivery implements Delivery {

    /** Ends a future as Kotlin resumes it. */
    private record Ending(CoroutineContext context, CompletableFuture<@Nullable Object> future)
            implements Continuation<Object> {

        @Override
        public CoroutineContext getContext() {
            return context;
        }

        @Override
        public void resumeWith(@Nullable Object result) {
            try {
                ResultKt.throwOnFailure(result);
                future.complete(result);
            } catch (Throwable thrown) {
                future.completeExceptionally(thrown);
            }
        }
    }

    @Override
    public Type valueType(Type returned, Type[] parameters) {
        return Types.argument(parameters[parameters.length - 1]);
    }

    @Override
    public @Nullable Object[] arguments(@Nullable Object[] all) {
        return Arrays.copyOf(all, all.length - 1);
    }

    @Override
    @SuppressWarnings({"unchecked", "FutureReturnValueIgnored"}) // What the compiler adds; and that is who is told.
    public @Nullable Object give(@Nullable Object[] arguments, Work work) {
        Continuation<Object> caller = (Continuation<Object>) Objects.requireNonNull(arguments[arguments.length - 1]);
        SafeContinuation<Object> waiting = new SafeContinuation<>(IntrinsicsKt.intercepted(caller));
        work.begin(caller.getContext())
                .whenComplete((value, failure) -> waiting.resumeWith(
                        failure == null ? value : ResultKt.createFailure(CallFailure.thrown(failure))));
        return waiting.getOrThrow();
    }

    @Override
    public CompletionStage<@Nullable Object> take(Invocation invocation, @Nullable Object context) throws Throwable {
        CompletableFuture<@Nullable Object> future = new CompletableFuture<>();
        @Nullable Object[] arguments = invocation.arguments().clone();
        arguments[arguments.length - 1] = new Ending((CoroutineContext) Objects.requireNonNull(context), future);
        Object answer = invocation.proceed(arguments);
        if (answer != IntrinsicsKt.getCOROUTINE_SUSPENDED()) {
            future.complete(answer);
        }
        return future;
    }
}
