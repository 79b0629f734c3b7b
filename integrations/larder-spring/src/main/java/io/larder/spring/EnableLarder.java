package io.larder.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * Lets beans obey Larder's annotations, and makes a {@link LarderCaches} of the {@link io.larder.Larder} that is a bean, unless there is one.
 * With Spring's {@code @EnableCaching} beside it, {@code @Cacheable} works on the same Larder.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Import({CachedCallsConfiguration.class, LarderCachesConfiguration.class})
public @interface EnableLarder {}
