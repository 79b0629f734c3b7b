package io.larder.spring;

import io.larder.ConfigException;
import io.larder.servlet.CachedResponse;
import io.larder.servlet.ResponseRules;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpEntity;
import org.springframework.http.MediaType;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Makes rules of the annotations on handlers, and finds all that is wrong with these. Confined to one thread. */
final class AnnotatedHandlers {

    /** What a handler returns that answers on another thread, where nothing is stored. */
    private static final List<Class<?>> LATER = List.of(
            Callable.class,
            CompletionStage.class,
            DeferredResult.class,
            ResponseBodyEmitter.class,
            StreamingResponseBody.class,
            WebAsyncTask.class);

    private final ConfigurableListableBeanFactory beans;
    private final List<String> mistakes = new ArrayList<>();
    private final Map<HandlerMethod, ResponseRules> rulesByHandler = new HashMap<>();
    private final Set<String> handlers = new HashSet<>();
    private final Set<Class<?>> servedTypes = new HashSet<>();

    AnnotatedHandlers(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** Returns the rules of the handlers that have some, or fails with all that is wrong. */
    Map<HandlerMethod, ResponseRules> rules(Collection<HandlerMapping> mappings) {
        for (HandlerMapping mapping : mappings) {
            if (mapping instanceof RequestMappingInfoHandlerMapping known) {
                known.getHandlerMethods().forEach(this::read);
            }
        }
        for (String name : beans.getBeanDefinitionNames()) {
            Class<?> type = AutoProxyUtils.determineTargetClass(beans, name);
            if (type != null && !type.getName().startsWith("org.springframework.")) {
                checkHandles(ClassUtils.getUserClass(type));
            }
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigException("@CachedResponse cannot be obeyed:\n  "
                    + mistakes.stream().distinct().sorted().collect(Collectors.joining("\n  ")));
        }
        return Map.copyOf(rulesByHandler);
    }

    private void read(RequestMappingInfo mapped, HandlerMethod handler) {
        String name = name(handler.getBeanType(), handler.getMethod());
        CachedResponse own = find(handler.getMethod());
        CachedResponse ofClass = find(handler.getBeanType());
        handlers.add(name);
        if (own == null && ofClass == null) {
            return;
        }
        try {
            ResponseRules rules = rules(name, mapped, Stream.of(ofClass, own));
            Set<RequestMethod> methods = mapped.getMethodsCondition().getMethods();
            if (methods.isEmpty()
                    || methods.stream().anyMatch(each -> rules.methods().contains(each.name()))) {
                servedTypes.add(handler.getBeanType());
                rulesByHandler.put(handler, rules);
            } else if (own != null) {
                mistakes.add(name + ": answers " + methods + ", and is told to store responses to " + rules.methods());
            }
            if (own != null && isLater(handler.getMethod())) {
                mistakes.add(name + ": answers on another thread, where nothing is stored. Return the value itself");
            }
        } catch (ConfigException | IllegalArgumentException wrong) {
            servedTypes.add(handler.getBeanType());
            mistakes.add(name + ": " + wrong.getMessage());
        }
    }

    private ResponseRules rules(String name, RequestMappingInfo mapped, Stream<@Nullable CachedResponse> said) {
        ResponseRules.Builder rules = ResponseRules.builder();
        if (!producesOneType(mapped)) {
            // Which type a client gets is negotiated, and nothing in the response says so.
            rules.vary("Accept");
        }
        String prefix = "";
        for (CachedResponse each : said.filter(Objects::nonNull).toList()) {
            rules.annotated(each, type -> CachedCallsConfiguration.instance(beans, type));
            prefix = each.keyPrefix().isEmpty() ? prefix : each.keyPrefix() + "/";
        }
        // Two handlers never share a key, also those of one URL, which Accept or another header tells apart.
        return rules.keyPrefix(prefix + name).build();
    }

    private static boolean producesOneType(RequestMappingInfo mapped) {
        Set<MediaType> types = mapped.getProducesCondition().getProducibleMediaTypes();
        return types.size() == 1 && types.iterator().next().isConcrete();
    }

    private static boolean isLater(Method method) {
        ResolvableType returned = ResolvableType.forMethodReturnType(method);
        Class<?> type =
                (HttpEntity.class.isAssignableFrom(returned.toClass()) ? returned.getGeneric(0) : returned).toClass();
        return KotlinDetector.isSuspendingFunction(method)
                || LATER.stream().anyMatch(each -> each.isAssignableFrom(type))
                || ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
    }

    /** Notes where annotations are on what answers no requests. */
    private void checkHandles(Class<?> type) {
        if (find(type) != null && !servedTypes.contains(type)) {
            mistakes.add(type.getName() + ": has no handler whose responses could be stored");
        }
        MethodIntrospector.selectMethods(type, (Method method) -> find(method)).keySet().stream()
                .map(method -> name(type, method))
                .filter(name -> !handlers.contains(name))
                .forEach(name -> mistakes.add(name + ": is no handler of requests. Results of methods take @Cached"));
    }

    private static @Nullable CachedResponse find(AnnotatedElement element) {
        return AnnotatedElementUtils.findMergedAnnotation(element, CachedResponse.class);
    }

    private static String name(Class<?> type, Method method) {
        return Stream.of(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(",", type.getName() + "." + method.getName() + "(", ")"));
    }
}
