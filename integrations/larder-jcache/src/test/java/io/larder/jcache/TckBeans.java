package io.larder.jcache;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.BeanProvider;
import javax.cache.configuration.MutableConfiguration;
import manager.CacheNameOnEachMethodBlogManagerImpl;
import manager.ClassLevelCacheConfigBlogManagerImpl;
import manager.UsingDefaultCacheNameBlogManagerImpl;
import org.springframework.cache.Cache;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.jcache.JCacheCache;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The annotated beans of the TCK, made by Spring, which knows JCache's annotations and asks Larder for the caches. */
public final class TckBeans implements BeanProvider {

    private static final AtomicInteger ASKED = new AtomicInteger();

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Beans.class);

    /** Returns how often the TCK has asked for a bean. */
    static int asked() {
        return ASKED.get();
    }

    @Override
    public <T> T getBeanByType(Class<T> type) {
        ASKED.incrementAndGet();
        return context.getBean(type);
    }

    /** What the context is made of. */
    @Configuration(proxyBeanMethods = false)
    @EnableCaching(proxyTargetClass = true)
    @Import({
        CacheNameOnEachMethodBlogManagerImpl.class,
        ClassLevelCacheConfigBlogManagerImpl.class,
        UsingDefaultCacheNameBlogManagerImpl.class
    })
    static class Beans {

        /** A provider of its own, which no other test closes. */
        @Bean
        JCacheCacheManager caches() {
            return new CachesOnDemand(
                    new LarderCachingProvider().getCacheManager(URI.create("larder:annotations"), null));
        }
    }

    /** The caches that the annotations name are nowhere configured. */
    private static final class CachesOnDemand extends JCacheCacheManager {

        CachesOnDemand(javax.cache.CacheManager caches) {
            super(caches);
        }

        @Override
        protected Cache getMissingCache(String name) {
            MutableConfiguration<Object, Object> configuration = new MutableConfiguration<>().setStoreByValue(false);
            return new JCacheCache(getCacheManager().createCache(name, configuration));
        }
    }
}
