package io.larder.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Removes entries when a method has returned; when it throws, nothing is removed.
 *
 * <p>Says what by {@code tags}, {@code match} or {@code key}, or several of them. Texts are templates, as in {@link Cached}; on a class it
 * holds for each method that has none of these annotations.
 */
@Documented
@Inherited
@Repeatable(Invalidate.All.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Invalidate {

    /** Names of caches; without one, that of the class's {@link Cached}. */
    String[] cache() default {};

    /** Tags whose entries go, such as <code>team:{id}</code>. */
    String[] tags() default {};

    /** A glob of keys whose entries go, such as <code>user:{id}:*</code>; what is in a parameter is taken as it is. */
    String match() default "";

    /** The key whose entry goes. */
    String key() default "";

    /** <code>{path}</code> or <code>!{path}</code> of a boolean: entries go only if it holds. */
    String condition() default "";

    /** Whether entries go before the method is called, also if it fails. */
    boolean beforeInvocation() default false;

    /** Several of them on one method. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface All {

        /** The annotations. */
        Invalidate[] value();
    }
}
