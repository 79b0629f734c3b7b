/**
 * Larder in Spring Boot: a Larder made of properties, and its endpoint.
 *
 * <p>Start with {@link io.larder.spring.boot.LarderProperties}; what properties cannot express, a {@link
 * io.larder.spring.boot.LarderBuilderCustomizer} does.
 */
@NullMarked
package io.larder.spring.boot;

import org.jspecify.annotations.NullMarked;
