package io.larder.spring.boot;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.servlet.ResponseCache;
import io.larder.servlet.StoredResponse;
import io.larder.spring.CachedResponseFilter;
import io.larder.spring.LarderCaches;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.DispatcherServlet;

/** Lets handlers of Spring MVC obey {@code @CachedResponse} where larder-servlet is there, in the cache {@code responses}. */
@AutoConfiguration(after = LarderAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({DispatcherServlet.class, ResponseCache.class})
public final class CachedResponseAutoConfiguration {

    /** Makes one. */
    public CachedResponseAutoConfiguration() {}

    /** Returns where responses are. */
    @Bean
    @ConditionalOnMissingBean
    ResponseCache larderResponseCache(Larder larder, LarderCaches caches) {
        Cache<String, StoredResponse> cache =
                ResponseCache.cache(larder, "responses").build();
        caches.add(cache);
        return new ResponseCache(cache);
    }

    /** Returns what obeys. */
    @Bean
    @ConditionalOnMissingBean
    CachedResponseFilter larderCachedResponseFilter(ResponseCache responses, ConfigurableListableBeanFactory beans) {
        return new CachedResponseFilter(responses, beans);
    }

    /** Puts it in front of the dispatcher itself, which is behind all filters of paths. */
    @Bean
    FilterRegistrationBean<CachedResponseFilter> larderCachedResponses(
            CachedResponseFilter filter, ObjectProvider<ServletRegistrationBean<?>> servlets) {
        FilterRegistrationBean<CachedResponseFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setServletRegistrationBeans(servlets.orderedStream()
                .filter(each -> each.getServlet() instanceof DispatcherServlet)
                .toList());
        return registration;
    }
}
