package io.larder.annotations;

import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.TypeRef;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A function that answers from a cache. Thread-safe, as the function behind it is. */
public final class Memo<A, R> implements Function<A, R> {

    private final Function<A, R> function;
    private final Function<? super A, String> keys;
    private final Cache<String, Object> cache;
    private final CallPlan plan;

    private Memo(
            Function<A, R> function, Function<? super A, String> keys, Cache<String, Object> cache, CallPlan plan) {
        this.function = function;
        this.keys = keys;
        this.cache = cache;
        this.plan = plan;
    }

    @SuppressWarnings("unchecked") // The only argument is the function's.
    static <A, R> Memo<A, R> of(
            CallRules rules,
            String name,
            TypeRef<R> type,
            Function<A, R> function,
            EntryOptions options,
            Function<? super A, String> keys) {
        Delivery delivery = Delivery.of(Types.raw(type.type()));
        Type arriving = delivery == null ? type.type() : delivery.valueType(type.type(), new Type[0]);
        boolean optional = Types.raw(arriving) == Optional.class;
        Cache<String, Object> cache =
                rules.opener().open(name, 0, TypeRef.of(Types.boxed(optional ? Types.argument(arriving) : arriving)));
        CacheTarget target = new CacheTarget(
                cache,
                (arguments, result) -> keys.apply((A) arguments[0]),
                options,
                List.of(),
                null,
                null,
                false,
                optional);
        CallPlan plan = new CallPlan(delivery, new CacheRead(target, rules.timing()), null, List.of(), rules.timing());
        return new Memo<>(function, keys, cache, plan);
    }

    /** Returns the function's result; what it throws reaches all who wait for it. */
    @Override
    @SuppressWarnings("unchecked") // The plan returns what the function does.
    public @Nullable R apply(A argument) {
        try {
            return (R) plan.call(new FunctionCall(argument));
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new IllegalStateException("A function threw what it does not declare: " + thrown, thrown);
        }
    }

    /** Removes what is cached for {@code argument}, and returns whether there was something. */
    public boolean invalidate(A argument) {
        return cache.remove(key(argument));
    }

    /** Returns the key of {@code argument} in {@link #cache}. */
    public String key(A argument) {
        return keys.apply(argument);
    }

    /** Returns the function itself, without a cache. */
    public Function<A, R> bypass() {
        return function;
    }

    /** Returns the cache that has the results; of futures what they bring. */
    public Cache<String, Object> cache() {
        return cache;
    }

    private final class FunctionCall implements Invocation {

        private final @Nullable Object[] arguments;

        FunctionCall(@Nullable A argument) {
            arguments = new Object[] {argument};
        }

        @Override
        public @Nullable Object[] arguments() {
            return arguments;
        }

        @Override
        @SuppressWarnings("unchecked") // What the constructor took.
        public @Nullable Object proceed(@Nullable Object[] arguments) {
            return function.apply((A) arguments[0]);
        }
    }
}
