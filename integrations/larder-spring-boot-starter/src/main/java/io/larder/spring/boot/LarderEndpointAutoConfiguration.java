package io.larder.spring.boot;

import io.larder.spring.LarderCaches;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Makes the endpoint {@code larder} where there is an actuator. */
@AutoConfiguration(after = LarderAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
public final class LarderEndpointAutoConfiguration {

    /** Makes one. */
    public LarderEndpointAutoConfiguration() {}

    /** Returns the endpoint. */
    @Bean
    @ConditionalOnAvailableEndpoint
    LarderEndpoint larderEndpoint(LarderCaches caches) {
        return new LarderEndpoint(caches);
    }
}
