package io.larder.servlet;

import io.larder.Cache;
import io.larder.CacheBuilder;
import io.larder.Larder;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests from a cache, and what it has not from their handlers. Thread-safe.
 *
 * <p>A cache that fails costs a computation and nothing else: the handler answers then.
 */
public final class ResponseCache {

    /** The request attribute, a collection of strings, by which a handler adds tags to the response that it makes. */
    public static final String TAGS = "io.larder.servlet.tags";

    private static final String SEEN = "io.larder.servlet.seen";
    private static final int ENTRY_BYTES = 100;

    private final Cache<String, StoredResponse> cache;

    /** Makes one on a cache from {@link #cache}, or one with the same codec. */
    public ResponseCache(Cache<String, StoredResponse> cache) {
        this.cache = cache;
    }

    /** Returns a builder of a cache for responses: what a backend of bytes writes them with, and what they weigh in memory. */
    public static CacheBuilder<String, StoredResponse> cache(Larder larder, String name) {
        return larder.cache(name, String.class, StoredResponse.class)
                .codec(new StoredResponseCodec())
                .weigher(ResponseCache::weightBytes);
    }

    private static int weightBytes(String key, @Nullable StoredResponse response) {
        long bytes = ENTRY_BYTES + 2L * key.length();
        if (response != null) {
            bytes += response.bytes().length;
            for (String name : response.headerNames()) {
                bytes += response.headers(name).stream()
                        .mapToLong(value -> ENTRY_BYTES + name.length() + value.length())
                        .sum();
            }
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    /**
     * Answers {@code request} by {@code rules}: from the cache, or with what {@code handler} makes, on this thread.
     *
     * <p>Passes by the cache what rules or request want so, what is dispatched within the container, and what is on its way through a
     * {@link ResponseCache} already.
     */
    public void serve(
            HttpServletRequest request, HttpServletResponse response, ResponseRules rules, FilterChain handler)
            throws IOException, ServletException {
        RequestPolicy policy = new RequestPolicy(request, rules);
        boolean within = request.getDispatcherType() != DispatcherType.REQUEST || request.getAttribute(SEEN) != null;
        ResponseKey key = within || policy.passes() ? null : ResponseKey.of(request, rules, policy);
        if (key == null) {
            handler.doFilter(request, response);
            return;
        }
        request.setAttribute(SEEN, true);
        Exchange exchange = new Exchange(cache, rules, policy, request, response, handler);
        if (policy.isReload()) {
            exchange.alone();
        } else {
            exchange.throughCache(key);
        }
    }
}
