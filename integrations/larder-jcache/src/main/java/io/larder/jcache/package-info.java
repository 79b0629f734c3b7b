/**
 * JCache (JSR-107) on Larder's caches, whatever their backend.
 *
 * <p>Applications use {@code javax.cache} and need nothing of this; {@link io.larder.jcache.LarderCachingProvider} says which URIs there
 * are, {@link io.larder.jcache.LarderConfiguration} what JCache has no word for. How it works is in docs/adr/0022-jcache-on-the-public-api.md.
 */
@NullMarked
package io.larder.jcache;

import org.jspecify.annotations.NullMarked;
