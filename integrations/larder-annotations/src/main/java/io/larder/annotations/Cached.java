package io.larder.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Answers a method from a cache, and calls it for what is not there: once, however many callers ask for the same meanwhile.
 *
 * <p>On a class, or an interface: on each of its methods that has none of these annotations and returns something; and what the same
 * annotation on a method leaves unset comes from the class.
 *
 * <p>Texts are templates: <code>{id}</code> is the parameter {@code id}, <code>{user.id}</code> what its {@code id()} or {@code getId()}
 * returns, <code>{0}</code> the first parameter, <code>{result}</code> what the method returned. Durations are written as in a URL.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Cached {

    /** The cache's name; without one, that of class and method. All that is in one cache is of one type. */
    String cache() default "";

    /** Time to live, such as {@code 5m}; the cache's own where nothing is said. */
    String ttl() default "";

    /** Time to live of a null, or an empty {@code Optional}; without one, here or of the cache, it is not cached. */
    String missTtl() default "";

    /** How long after its ttl a value still answers while it is computed anew, or cannot be. */
    String staleFor() default "";

    /** The key, such as <code>{id}</code>; without one the whole call, class, method and all arguments. */
    String key() default "";

    /** Makes the key, in place of a template. */
    Class<? extends KeyBuilder> keyBuilder() default KeyBuilder.class;

    /** Tags, such as <code>team:{result.team}</code>. */
    String[] tags() default {};

    /** <code>{path}</code> or <code>!{path}</code> of a boolean: the cache is used only if it holds. */
    String condition() default "";

    /** <code>{path}</code> or <code>!{path}</code> of a boolean, which may be the result's: if it holds, the result is not stored. */
    String unless() default "";

    /** Version of what is stored; another one starts empty. 0 is the cache's own. */
    int version() default 0;

    /** Tells what results depend on beside the arguments: they hold while the stamp is the same. */
    Class<? extends Stamp> validateWith() default Stamp.class;
}
