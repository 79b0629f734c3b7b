package io.larder.spring.boot;

import io.larder.Larder;
import io.larder.micrometer.LarderMetrics;
import io.micrometer.core.instrument.Tags;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Binds the counts of all caches, those made later too, to the program's meters where larder-micrometer is there. */
@AutoConfiguration(after = LarderAutoConfiguration.class)
@ConditionalOnClass(LarderMetrics.class)
public final class LarderMetricsAutoConfiguration {

    /** Makes one. */
    public LarderMetricsAutoConfiguration() {}

    /** Returns the meters, which Boot binds to each registry. */
    @Bean
    @ConditionalOnMissingBean
    LarderMetrics larderMetrics(Larder larder) {
        return new LarderMetrics(larder, Tags.empty());
    }
}
