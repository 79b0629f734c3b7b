package io.larder.spring.boot;

import io.larder.Larder;
import io.larder.LarderBuilder;
import io.larder.TypeRef;
import io.larder.annotations.CallTiming;
import io.larder.spring.CachedCallsConfiguration;
import io.larder.spring.LarderCaches;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/** Makes a {@link Larder} of properties, Spring's caches of that, and lets beans obey Larder's annotations. */
@AutoConfiguration(beforeName = "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration")
@EnableConfigurationProperties(LarderProperties.class)
@Import(CachedCallsConfiguration.class)
public final class LarderAutoConfiguration {

    private static final Bindable<Map<String, Map<String, String>>> TEXTS =
            Bindable.of(ResolvableType.forClassWithGenerics(
                    Map.class,
                    ResolvableType.forClass(String.class),
                    ResolvableType.forClassWithGenerics(Map.class, String.class, String.class)));

    /** Makes one. */
    public LarderAutoConfiguration() {}

    /** Returns the Larder; its caches are where the properties say. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Larder larder(
            LarderProperties properties, Environment environment, ObjectProvider<LarderBuilderCustomizer> customizers) {
        Binder.get(environment)
                .bind("larder.caches", TEXTS)
                .ifBound(caches -> caches.forEach((name, given) -> CacheProperties.check(name, given.keySet())));
        LarderBuilder builder = Larder.builder(properties.url());
        properties.caches().forEach((name, cache) -> builder.cache(name, cache.url(name, properties.url())));
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    /** Returns Spring's caches. */
    @Bean
    @ConditionalOnMissingBean
    LarderCaches larderCaches(Larder larder, CallTiming timing, LarderProperties properties) {
        Map<String, TypeRef<?>> typeByCache = new TreeMap<>();
        properties.caches().forEach((name, cache) -> {
            if (cache.type() != null) {
                typeByCache.put(name, TypeRef.of(cache.type()));
            }
        });
        return new LarderCaches(larder, timing, typeByCache);
    }

    /** Opens the caches that {@code spring.cache.cache-names} names, when beans have told what they keep there. */
    @Bean
    SmartInitializingSingleton larderNamedCaches(LarderCaches caches, Environment environment) {
        List<String> names = Binder.get(environment)
                .bind("spring.cache.cache-names", Bindable.listOf(String.class))
                .orElse(List.of());
        return () -> names.forEach(caches::getCache);
    }
}
