package io.larder.spring;

import io.larder.servlet.CachedResponse;
import io.larder.servlet.ResponseCache;
import io.larder.servlet.ResponseRules;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Keeps the responses of handlers with {@link CachedResponse}, around all that the dispatcher does: interceptors, views, errors. Thread-safe.
 *
 * <p>A bean in the context of Spring's dispatcher, and a filter in front of that servlet, {@code asyncSupported}, behind all that knows users.
 * When all beans are there, it refuses annotations that are wrong or could have no effect. Handlers that are mapped later it does not see.
 */
public final class CachedResponseFilter implements Filter, SmartInitializingSingleton {

    private final ResponseCache responses;
    private final ConfigurableListableBeanFactory beans;
    private volatile List<HandlerMapping> mappings = List.of();
    private volatile Map<HandlerMethod, ResponseRules> rulesByHandler = Map.of();

    /** Makes one for the handlers among {@code beans}. */
    public CachedResponseFilter(ResponseCache responses, ConfigurableListableBeanFactory beans) {
        this.responses = responses;
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        mappings = beans.getBeanProvider(HandlerMapping.class).orderedStream().toList();
        rulesByHandler = new AnnotatedHandlers(beans).rules(mappings);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked && response instanceof HttpServletResponse answered) {
            ResponseRules rules = rules(asked);
            if (rules != null) {
                responses.serve(asked, answered, rules, chain);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private @Nullable ResponseRules rules(HttpServletRequest request) {
        if (rulesByHandler.isEmpty() || request.getDispatcherType() != DispatcherType.REQUEST) {
            return null;
        }
        HandlerMethod handler = handler(request);
        return handler == null
                ? null
                : rulesByHandler.get(Objects.requireNonNullElse(handler.getResolvedFromHandlerMethod(), handler));
    }

    /** Asks as the dispatcher will. The attributes that are set remain: they tell keys, and meters, of path and variables. */
    private @Nullable HandlerMethod handler(HttpServletRequest request) {
        try {
            ServletRequestPathUtils.parseAndCache(request);
            for (HandlerMapping mapping : mappings) {
                HandlerExecutionChain found = mapping.getHandler(request);
                if (found != null) {
                    return found.getHandler() instanceof HandlerMethod handler ? handler : null;
                }
            }
        } catch (Exception failure) {
            // The dispatcher meets the same, and knows what to answer.
        }
        return null;
    }
}
