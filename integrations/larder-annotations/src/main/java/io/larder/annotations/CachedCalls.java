package io.larder.annotations;

import io.larder.ConfigException;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.TypeRef;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls obey the annotations {@link Cached}, {@link CachePut} and {@link Invalidate}: {@code CachedCalls.on(larder).proxy(Users.class,
 * users)}. Thread-safe.
 *
 * <p>Caches are opened for keys that are strings, and for results of the type that a method returns. Settings that an annotation does not
 * have stand in the Larder's URL or configuration.
 */
public final class CachedCalls {

    private final CallRules rules;

    private CachedCalls(CallRules rules) {
        this.rules = rules;
    }

    /** Returns one whose caches are {@code larder}'s. */
    public static CachedCalls on(Larder larder) {
        return on(new OpenCaches(larder));
    }

    /** Returns one whose caches {@code opener} opens. */
    public static CachedCalls on(CacheOpener opener) {
        return new CachedCalls(new CallRules(opener, CallTiming.AT_ONCE, Paths.PATHS, CallRules::construct));
    }

    /** Returns one with another timing; {@link CallTiming#AT_ONCE} at first. */
    public CachedCalls timing(CallTiming timing) {
        return new CachedCalls(new CallRules(rules.opener(), timing, rules.expressions(), rules.instances()));
    }

    /** Returns one that understands other expressions; {@link Paths} at first. */
    public CachedCalls expressions(Expressions expressions) {
        return new CachedCalls(new CallRules(rules.opener(), rules.timing(), expressions, rules.instances()));
    }

    /** Returns one that gets the {@link KeyBuilder}s and {@link Stamp}s that annotations name from elsewhere; it makes them at first. */
    public CachedCalls instances(Function<Class<?>, ?> instances) {
        return new CachedCalls(new CallRules(rules.opener(), rules.timing(), rules.expressions(), instances));
    }

    /**
     * Returns an object of an interface whose calls go to {@code target} by way of the caches. Annotations may be on the interface or on the
     * target's class. What the target calls on itself does not come by here.
     *
     * @throws ConfigException which lists all that is wrong with the annotations
     */
    public <T> T proxy(Class<T> type, T target) {
        List<String> mistakes = new ArrayList<>();
        for (Method method : target.getClass().getDeclaredMethods()) {
            if (AnnotatedMethod.isAnnotated(method) && !method.isBridge() && !isIn(type, method)) {
                mistakes.add(target.getClass().getSimpleName() + "." + method.getName() + " is not in "
                        + type.getSimpleName() + ", so its calls do not come by a cache");
            }
        }
        Map<Method, CallPlan> plans = plans(List.of(type.getMethods()), target.getClass(), mistakes);
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    CallPlan plan = plans.get(method);
                    Invocation call = new ReflectiveCall(method, target, arguments == null ? new Object[0] : arguments);
                    return plan == null ? call.proceed(call.arguments()) : plan.call(call);
                }));
    }

    private static boolean isIn(Class<?> type, Method method) {
        return Arrays.stream(type.getMethods())
                .anyMatch(each -> each.getName().equals(method.getName())
                        && each.getParameterCount() == method.getParameterCount());
    }

    /**
     * Returns what becomes of calls of {@code methods} on objects of {@code type}, by those of them that annotations say something about.
     *
     * @throws ConfigException which lists all that is wrong with the annotations, after {@code mistakes} that were found before
     */
    public Map<Method, CallPlan> plans(Collection<Method> methods, Class<?> type, Collection<String> mistakes) {
        List<String> all = new ArrayList<>(mistakes);
        Map<Method, CallPlan> plans = new HashMap<>();
        for (Method method : methods) {
            AnnotatedMethod annotated = AnnotatedMethod.find(method, type);
            if (annotated != null) {
                plans.put(method, new PlanReader(annotated, rules, all).plan());
            }
        }
        if (!all.isEmpty()) {
            throw new ConfigException(
                    "Calls of " + type.getName() + " cannot be cached:\n  " + String.join("\n  ", all));
        }
        return plans;
    }

    /** Returns whether an annotation says anything about calls of {@code method} on objects of {@code type}. */
    public static boolean isAnnotated(Method method, Class<?> type) {
        return AnnotatedMethod.find(method, type) != null;
    }

    /** Returns whether {@code method} itself is annotated, wherever its class or others say something about it. */
    public static boolean isAnnotated(Method method) {
        return AnnotatedMethod.isAnnotated(method);
    }

    /** Returns a function that answers from the cache {@code cache}, and asks {@code function} for what is not there. */
    public <A, R> Memo<A, R> memoize(String cache, Class<R> type, Function<A, R> function) {
        return memoize(cache, TypeRef.of(type), function, EntryOptions.DEFAULT);
    }

    /**
     * Returns a function that answers from the cache {@code cache}, and asks {@code function} for what is not there. Its argument is one that
     * {@link KeyText} knows, such as a record; its result may be a future.
     */
    public <A, R> Memo<A, R> memoize(String cache, TypeRef<R> type, Function<A, R> function, EntryOptions options) {
        return memoize(cache, type, function, options, KeyText::of);
    }

    /** As the others, with keys that {@code keys} makes, of arguments that may be anything. */
    public <A, R> Memo<A, R> memoize(
            String cache,
            TypeRef<R> type,
            Function<A, R> function,
            EntryOptions options,
            Function<? super A, String> keys) {
        return Memo.of(rules, cache, type, function, options, keys);
    }

    private static final class ReflectiveCall implements Invocation {

        private final Method method;
        private final Object target;
        private final @Nullable Object[] arguments;

        ReflectiveCall(Method method, Object target, @Nullable Object[] arguments) {
            this.method = method;
            this.target = target;
            this.arguments = arguments;
        }

        @Override
        public @Nullable Object[] arguments() {
            return arguments;
        }

        @Override
        public @Nullable Object proceed(@Nullable Object[] arguments) throws Throwable {
            // The interface may be seen in its own package only.
            method.trySetAccessible();
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause() == null ? thrown : thrown.getCause();
            }
        }
    }
}
