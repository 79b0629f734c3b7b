package io.larder.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Calls a method always, and puts what it returned into a cache; otherwise as {@link Cached}.
 *
 * <p>Of two that write the same entry at the same time, either may be the last. Where that matters, {@link Invalidate} it.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface CachePut {

    /** The cache's name; without one, that of the class's {@link Cached}. */
    String cache() default "";

    /** Time to live, such as {@code 5m}; the cache's own where nothing is said. */
    String ttl() default "";

    /** Time to live of a null, or an empty {@code Optional}; without one, here or of the cache, the old entry is removed. */
    String missTtl() default "";

    /** How long after its ttl a value still answers while it is computed anew, or cannot be. */
    String staleFor() default "";

    /** The key, which may say <code>{result.id}</code>. */
    String key() default "";

    /** Makes the key, in place of a template. */
    Class<? extends KeyBuilder> keyBuilder() default KeyBuilder.class;

    /** Tags, such as <code>team:{result.team}</code>. */
    String[] tags() default {};

    /** <code>{path}</code> or <code>!{path}</code> of a boolean: the result is put only if it holds. */
    String condition() default "";

    /** <code>{path}</code> or <code>!{path}</code> of a boolean, which may be the result's: if it holds, the result is not put. */
    String unless() default "";

    /** Version of what is stored; 0 is the cache's own. */
    int version() default 0;
}
