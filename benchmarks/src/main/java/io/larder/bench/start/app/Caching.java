package io.larder.bench.start.app;

import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;

/** Lets Spring obey {@code @Cacheable}. */
@Configuration(proxyBeanMethods = false)
@EnableCaching
public class Caching {

    /** Made by Spring. */
    protected Caching() {}
}
