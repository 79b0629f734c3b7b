package io.larder.spring;

import io.larder.Larder;
import io.larder.annotations.CallTiming;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;

/** The {@link LarderCaches} of those who have none of their own. */
@Configuration(proxyBeanMethods = false)
class LarderCachesConfiguration {

    @Bean
    @Fallback
    LarderCaches larderCaches(Larder larder, CallTiming timing) {
        return new LarderCaches(larder, timing, Map.of());
    }
}
