/**
 * HTTP responses in a cache: start at {@link io.larder.servlet.ResponseCacheFilter}. What it does with one request is in {@link
 * io.larder.servlet.ResponseCache}, for frameworks that know more of a request than its path; {@link io.larder.servlet.CachedResponse} is the annotation that they obey.
 */
@NullMarked
package io.larder.servlet;

import org.jspecify.annotations.NullMarked;
