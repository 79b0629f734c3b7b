package io.larder.servlet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keeps what a handler answers, and answers with it; a framework's module obeys it, such as larder-spring. All is as in {@link
 * ResponseRules.Builder}, under the same names.
 *
 * <p>On a class: on each of its handlers that answers one of the {@link #methods}. What the same annotation on a method leaves unset comes from
 * the class; headers of {@link #vary} come from both.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface CachedResponse {

    /** How long a response is kept at most, such as {@code 5m}; the cache's own ttl where nothing is said. */
    String ttl() default "";

    /** What keys begin with, before the handler's name; without a colon. */
    String keyPrefix() default "";

    /** Version of what the handler writes; another one starts empty. 0 says nothing, and counts as 1. */
    int version() default 0;

    /** Request headers that responses differ by. */
    String[] vary() default {};

    /** Tags of every response, as they stand here; a handler adds its own by {@link ResponseCache#TAGS}. */
    String[] tags() default {};

    /** Methods whose responses are stored; GET and HEAD where nothing is said. Others need a {@link #key} that knows their bodies. */
    String[] methods() default {};

    /** Tells which requests have the same response, in place of the whole URL: a bean, where the framework has beans. */
    Class<? extends RequestKey> key() default RequestKey.class;

    /** Whether other responses than 200 are stored as well. */
    boolean cacheNonOk() default false;

    /** Whether responses to requests of users are stored, each for its user alone. */
    boolean perUser() default false;

    /** Whether responses to requests of users are stored, for everybody. */
    boolean shareUsers() default false;

    /** Whether responses that set cookies are stored, for everybody. */
    boolean shareCookies() default false;

    /** Whether clients that ask for a new response get the stored one. */
    boolean ignoreClientReloads() default false;

    /** Size up to which bodies are stored; 1 MiB where nothing is said. */
    int bytesMax() default -1;
}
