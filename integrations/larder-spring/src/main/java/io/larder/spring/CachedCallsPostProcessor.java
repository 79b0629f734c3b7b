package io.larder.spring;

import io.larder.ConfigException;
import io.larder.annotations.CachedCalls;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
import org.springframework.aop.Pointcut;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Puts the caches around beans whose methods have Larder's annotations: outside of transactions, so that what a call changes is committed
 * when entries are removed, and a hit begins no transaction.
 *
 * <p>When all beans are there, it refuses those that were made too early to come by here.
 */
final class CachedCallsPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor
        implements SmartInitializingSingleton {

    private final CachedCallsAdvice advice;
    private final Advisor own;

    /** Makes one that asks for {@code calls} when there is a bean to put them around. */
    CachedCallsPostProcessor(Supplier<CachedCalls> calls) {
        advice = new CachedCallsAdvice(calls);
        own = new DefaultPointcutAdvisor(annotated(), advice);
        this.advisor = own;
        setBeforeExistingAdvisors(true);
        setProxyTargetClass(true);
    }

    private static Pointcut annotated() {
        return new StaticMethodMatcherPointcut() {
            @Override
            public boolean matches(Method method, Class<?> type) {
                return CachedCalls.isAnnotated(method, type);
            }
        };
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        Class<?> type = cachedType(bean);
        if (type != null) {
            List<Method> methods = methods(type);
            advice.prepare(methods, type, unreachable(bean, methods));
        }
        return super.postProcessAfterInitialization(bean, beanName);
    }

    /** Returns the class that has annotations, or the proxy whose interfaces have them, as a repository does; null for neither. */
    private @Nullable Class<?> cachedType(Object bean) {
        Class<?> target = AopUtils.getTargetClass(bean);
        if (bean instanceof AopInfrastructureBean || isEligible(target)) {
            return bean instanceof AopInfrastructureBean ? null : target;
        }
        return Proxy.isProxyClass(bean.getClass()) && isEligible(bean.getClass()) ? bean.getClass() : null;
    }

    private static List<Method> methods(Class<?> type) {
        return Proxy.isProxyClass(type)
                ? Arrays.stream(type.getInterfaces())
                        .flatMap(each -> Arrays.stream(each.getMethods()))
                        .toList()
                : List.of(ReflectionUtils.getUniqueDeclaredMethods(type));
    }

    private static List<String> unreachable(Object bean, List<Method> methods) {
        List<String> mistakes = new ArrayList<>();
        boolean byInterface = Proxy.isProxyClass(bean.getClass());
        for (Method method : methods) {
            int hidden = method.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL);
            boolean inInterface = Arrays.stream(bean.getClass().getInterfaces())
                    .anyMatch(each ->
                            ReflectionUtils.findMethod(each, method.getName(), method.getParameterTypes()) != null);
            if (CachedCalls.isAnnotated(method) && (hidden != 0 || (byInterface && !inInterface))) {
                mistakes.add(method.getDeclaringClass().getSimpleName() + "." + method.getName() + " is "
                        + (hidden == 0 ? "in no interface of the bean" : Modifier.toString(hidden))
                        + ", so its calls do not come by a cache");
            }
        }
        return mistakes;
    }

    @Override
    protected ProxyFactory prepareProxyFactory(Object bean, String beanName) {
        ProxyFactory factory = super.prepareProxyFactory(bean, beanName);
        if (Proxy.isProxyClass(bean.getClass())) {
            factory.setProxyTargetClass(false);
        }
        return factory;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> mistakes = new ArrayList<>();
        ConfigurableListableBeanFactory beans = Objects.requireNonNull(beanFactory);
        for (String name : beans.getSingletonNames()) {
            Object bean = beans.getSingleton(name);
            if (bean != null && cachedType(bean) != null && !isAdvised(bean)) {
                mistakes.add("'" + name + "' of " + bean.getClass().getName());
            }
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigException(
                    "Beans with cached methods are not proxied, so their calls do not come by a cache:\n  "
                            + String.join("\n  ", mistakes)
                            + "\nThey were made before Larder could see them: let no BeanPostProcessor depend on them, or make it a static @Bean with lazy dependencies");
        }
    }

    private boolean isAdvised(Object bean) {
        return bean instanceof Advised advised
                && Arrays.asList(advised.getAdvisors()).contains(own);
    }
}
