package io.larder.spring.boot;

import io.larder.Larder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Shows {@code larder} in the health of the program, unless {@code management.health.larder.enabled=false}. */
@AutoConfiguration(after = LarderAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
public final class LarderHealthAutoConfiguration {

    /** Makes one. */
    public LarderHealthAutoConfiguration() {}

    /** Returns the contributor. */
    @Bean
    @ConditionalOnEnabledHealthIndicator("larder")
    HealthIndicator larderHealthIndicator(Larder larder) {
        return new LarderHealthIndicator(larder);
    }
}
