package io.larder.servlet;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Tells which requests have the same response. Thread-safe. */
@FunctionalInterface
public interface RequestKey {

    /** The whole URL: scheme, host, path and query, as the client wrote them. */
    RequestKey URL = request -> {
        StringBuffer url = request.getRequestURL();
        String query = request.getQueryString();
        return query == null ? url.toString() : url + "?" + query;
    };

    /**
     * Returns the key of {@code request}, any string, or null when its response is not to be stored. Headers that {@link
     * ResponseRules.Builder#vary} names, the method and, with {@link ResponseRules.Builder#perUser}, the user need not be part of it.
     */
    @Nullable
    String key(HttpServletRequest request);
}
