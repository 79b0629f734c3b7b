package io.larder.servlet;

import io.larder.Cache;
import io.larder.spi.KeyPattern;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A filter that keeps what handlers answer, and answers with it. Thread-safe.
 *
 * <p>Belongs behind what knows users and before what compresses for one client. Register it with {@code asyncSupported}, or no handler
 * behind it can go on after its thread.
 */
public final class ResponseCacheFilter implements Filter {

    private final ResponseCache responses;
    private final ResponseRules rules;
    private final List<KeyPattern> included;
    private final List<KeyPattern> excluded;

    private ResponseCacheFilter(Builder told) {
        responses = new ResponseCache(told.cache);
        rules = told.rules;
        included = told.included;
        excluded = told.excluded;
    }

    /** Returns a builder of a filter for all paths, with {@link ResponseRules#DEFAULT}, on a cache from {@link ResponseCache#cache}. */
    public static Builder builder(Cache<String, StoredResponse> cache) {
        return new Builder(cache);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked
                && response instanceof HttpServletResponse answered
                && isIncluded(asked)) {
            responses.serve(asked, answered, rules, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean isIncluded(HttpServletRequest request) {
        String info = request.getPathInfo();
        String path = info == null ? request.getServletPath() : request.getServletPath() + info;
        return included.stream().anyMatch(glob -> glob.matches(path))
                && excluded.stream().noneMatch(glob -> glob.matches(path));
    }

    /** Collects what a filter is made of. Confined to one thread. */
    public static final class Builder {

        private final Cache<String, StoredResponse> cache;
        private ResponseRules rules = ResponseRules.DEFAULT;
        private List<KeyPattern> included = List.of(KeyPattern.ALL);
        private List<KeyPattern> excluded = List.of();

        private Builder(Cache<String, StoredResponse> cache) {
            this.cache = cache;
        }

        /** Sets which responses are stored, under which keys and for how long. */
        public Builder rules(ResponseRules rules) {
            this.rules = rules;
            return this;
        }

        /** Sets globs of the paths, within the application and decoded, that the filter is for: {@code /shop/*}. */
        public Builder include(String... globs) {
            included = globs(globs);
            return this;
        }

        /** Sets globs of the paths that it is not for, although they are included. */
        public Builder exclude(String... globs) {
            excluded = globs(globs);
            return this;
        }

        private static List<KeyPattern> globs(String... globs) {
            return Arrays.stream(globs).map(KeyPattern::glob).toList();
        }

        /** Returns the filter. */
        public ResponseCacheFilter build() {
            return new ResponseCacheFilter(this);
        }
    }
}
