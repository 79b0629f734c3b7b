/**
 * Larder in Spring: a {@code CacheManager}, beans whose annotated methods are cached, and invalidation when transactions commit.
 *
 * <p>Start with {@link io.larder.spring.EnableLarder}; for tags by table, with {@link io.larder.spring.TableTags}.
 */
@NullMarked
package io.larder.spring;

import org.jspecify.annotations.NullMarked;
