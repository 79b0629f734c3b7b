/**
 * How URLs, durations and sizes are written, and what is said about those that are written wrongly.
 *
 * <p>Start with {@link io.larder.url.CacheUrl}.
 */
@NullMarked
package io.larder.url;

import org.jspecify.annotations.NullMarked;
