package io.larder.spring;

import io.larder.annotations.CachedCalls;
import io.larder.annotations.CallPlan;
import io.larder.annotations.Invocation;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/** Leads calls of beans by their plans. Thread-safe. */
final class CachedCallsAdvice implements MethodInterceptor {

    private final Supplier<CachedCalls> calls;
    private final Map<Called, Optional<CallPlan>> plans = new ConcurrentHashMap<>();

    private record Called(Method method, Class<?> type) {}

    /** A call through the other advices of its bean, from the begin each time, for a load may run when the call has long returned. */
    private static final class AdvisedCall implements Invocation {

        private final ProxyMethodInvocation call;

        AdvisedCall(ProxyMethodInvocation call) {
            this.call = call;
        }

        @Override
        public @Nullable Object[] arguments() {
            return call.getArguments();
        }

        @Override
        public @Nullable Object proceed(@Nullable Object[] arguments) throws Throwable {
            return call.invocableClone(arguments).proceed();
        }
    }

    CachedCallsAdvice(Supplier<CachedCalls> calls) {
        this.calls = calls;
    }

    /** Makes the plans of a class, or throws all that is wrong with its annotations. */
    void prepare(Collection<Method> methods, Class<?> type, Collection<String> mistakes) {
        calls.get()
                .plans(methods, type, mistakes)
                .forEach((method, plan) -> plans.put(new Called(method, type), Optional.of(plan)));
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Called called = new Called(
                invocation.getMethod(),
                Objects.requireNonNull(invocation.getThis()).getClass());
        Optional<CallPlan> plan = plans.computeIfAbsent(called, this::plan);
        return plan.isEmpty()
                ? invocation.proceed()
                : plan.get().call(new AdvisedCall((ProxyMethodInvocation) invocation));
    }

    private Optional<CallPlan> plan(Called called) {
        return Optional.ofNullable(calls.get()
                .plans(List.of(called.method()), called.type(), List.of())
                .get(called.method()));
    }
}
