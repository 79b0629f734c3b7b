package io.larder.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks a handler for a whole response: GET in place of HEAD, without the conditions that are answered here. */
final class WholeRequest extends HttpServletRequestWrapper {

    private final HeldResponse response;

    WholeRequest(HttpServletRequest request, HeldResponse response) {
        super(request);
        this.response = response;
    }

    @Override
    public String getMethod() {
        String method = super.getMethod();
        return method.equals("HEAD") ? "GET" : method;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return isHidden(name) ? null : super.getHeader(name);
    }

    @Override
    public long getDateHeader(String name) {
        return isHidden(name) ? -1 : super.getDateHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                .filter(name -> !isHidden(name))
                .toList());
    }

    private static boolean isHidden(String name) {
        return Preconditions.ANSWERED_HERE.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public AsyncContext startAsync() {
        response.letThrough();
        return super.startAsync();
    }

    @Override
    public AsyncContext startAsync(ServletRequest asked, ServletResponse answered) {
        response.letThrough();
        return super.startAsync(asked, answered);
    }
}
