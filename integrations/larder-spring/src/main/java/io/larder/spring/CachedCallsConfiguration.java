package io.larder.spring;

import io.larder.annotations.CachedCalls;
import io.larder.annotations.CallTiming;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/** The beans that make others obey Larder's annotations; they need a {@link LarderCaches}. */
@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public class CachedCallsConfiguration {

    /** Makes one. */
    public CachedCallsConfiguration() {}

    /** Puts the caches around beans. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static CachedCallsPostProcessor larderCachedCallsPostProcessor(ObjectProvider<CachedCalls> calls) {
        return new CachedCallsPostProcessor(calls::getObject);
    }

    /** Tells types from Spring's annotations. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static CacheableTypes larderCacheableTypes(ObjectProvider<LarderCaches> caches) {
        return new CacheableTypes(caches::getObject);
    }

    /** Follows transactions. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    TransactionTiming larderTiming() {
        return new TransactionTiming();
    }

    /** Plans the calls; key builders and stamps are beans, or are made like beans. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    CachedCalls larderCachedCalls(LarderCaches caches, CallTiming timing, AutowireCapableBeanFactory beans) {
        return CachedCalls.on(caches)
                .timing(timing)
                .expressions(new SpelExpressions())
                .instances(type -> instance(beans, type));
    }

    /** Returns the bean of a type, or an object that is made like one. */
    static <T> T instance(AutowireCapableBeanFactory beans, Class<T> type) {
        return beans.getBeanProvider(type).getIfAvailable(() -> beans.createBean(type));
    }
}
