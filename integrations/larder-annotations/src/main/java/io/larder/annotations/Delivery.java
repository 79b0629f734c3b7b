package io.larder.annotations;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** How a method that does not wait hands over its result. Has no state. */
interface Delivery {

    /** Returns the delivery of {@code method}'s result, or null when its callers wait for it. */
    static @Nullable Delivery of(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        if (parameters.length > 0
                && parameters[parameters.length - 1].getName().equals("kotlin.coroutines.Continuation")) {
            return new SuspendDelivery();
        }
        return of(method.getReturnType());
    }

    /** Returns the delivery of results of {@code type}, which is looked at by its name, because Reactor may not be there. */
    static @Nullable Delivery of(Class<?> type) {
        if (type == CompletionStage.class || type == CompletableFuture.class) {
            return new FutureDelivery();
        }
        return switch (type.getName()) {
            case "reactor.core.publisher.Mono" -> new MonoDelivery();
            case "reactor.core.publisher.Flux" -> new FluxDelivery();
            default -> null;
        };
    }

    /** Returns the type of what arrives in the end. */
    Type valueType(Type returned, Type[] parameters);

    /** Returns the arguments that make a difference. */
    default @Nullable Object[] arguments(@Nullable Object[] all) {
        return all;
    }

    /** Returns what the caller gets; {@code work} is begun once for each time that the caller wants the result. */
    @Nullable
    Object give(@Nullable Object[] arguments, Work work);

    /** Calls the method itself. */
    CompletionStage<@Nullable Object> take(Invocation invocation, @Nullable Object context) throws Throwable;

    /** Finds the result for the caller, whose context goes with it. */
    @FunctionalInterface
    interface Work {

        /** Begins; {@code context} is the delivery's own, and goes to its {@link Delivery#take}. */
        CompletableFuture<@Nullable Object> begin(@Nullable Object context);
    }
}
