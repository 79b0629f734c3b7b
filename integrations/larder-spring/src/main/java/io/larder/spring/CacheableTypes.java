package io.larder.spring;

import io.larder.TypeRef;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cache.annotation.AnnotationCacheOperationSource;
import org.springframework.cache.interceptor.CacheEvictOperation;
import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** Tells {@link LarderCaches} what the methods of beans keep by Spring's own annotations, which name a cache and no type. */
final class CacheableTypes implements BeanPostProcessor {

    private final Supplier<LarderCaches> caches;
    private final AnnotationCacheOperationSource source = new AnnotationCacheOperationSource(false);

    CacheableTypes(Supplier<LarderCaches> caches) {
        this.caches = caches;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        Class<?> type = AopUtils.getTargetClass(bean);
        if (source.isCandidateClass(type)) {
            Map<Method, Collection<CacheOperation>> found =
                    MethodIntrospector.selectMethods(type, (Method method) -> source.getCacheOperations(method, type));
            found.forEach((method, operations) -> operations.stream()
                    .filter(operation -> !(operation instanceof CacheEvictOperation))
                    .flatMap(operation -> operation.getCacheNames().stream())
                    .forEach(
                            cache -> caches.get().seen(cache, kept(ResolvableType.forMethodReturnType(method, type)))));
        }
        return bean;
    }

    /** Returns the type of what Spring puts into a cache of a result: what is in an {@code Optional}, what a future brings. */
    private static TypeRef<?> kept(ResolvableType result) {
        Class<?> raw = result.toClass();
        if (raw == Optional.class || raw == CompletableFuture.class || raw == CompletionStage.class) {
            return kept(result.getGeneric(0));
        }
        if (raw == void.class || raw.getName().startsWith("reactor.")) {
            return TypeRef.of(Object.class);
        }
        try {
            return result.hasGenerics()
                    ? TypeRef.of(result.getType())
                    : TypeRef.of(ClassUtils.resolvePrimitiveIfNecessary(raw));
        } catch (IllegalArgumentException variable) {
            return TypeRef.of(Object.class);
        }
    }
}
