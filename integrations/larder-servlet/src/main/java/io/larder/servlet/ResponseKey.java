package io.larder.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The key of a request: {@code prefix:version:method:user:headers:key}. No part but the last has a colon, so that no two requests share
 * one by chance.
 */
final class ResponseKey {

    private static final Set<String> SECRET = Set.of("authorization", "cookie");
    private static final int READABLE_MAX = 40;

    private final HttpServletRequest request;
    private final String head;
    private final String tail;

    private ResponseKey(HttpServletRequest request, String head, String tail) {
        this.request = request;
        this.head = head;
        this.tail = tail;
    }

    /** Returns the key, or null when the rules have none for the request. */
    static @Nullable ResponseKey of(HttpServletRequest request, ResponseRules rules, RequestPolicy policy) {
        String own = rules.key.key(request);
        if (own == null) {
            return null;
        }
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        String user = policy.hasOwnKey() ? policy.user() : "";
        return new ResponseKey(
                request, rules.prefix + ":" + rules.version + ":" + method + ":" + user + ":", ":" + own);
    }

    /** Returns the key with the values of these request headers. */
    String text(Set<String> headers) {
        return head + headers.stream().map(this::header).collect(Collectors.joining("&")) + tail;
    }

    private String header(String name) {
        Enumeration<String> values = request.getHeaders(name);
        String plain = URLEncoder.encode(name, UTF_8);
        if (!values.hasMoreElements()) {
            return plain;
        }
        String value = String.join(", ", Collections.list(values)).strip();
        boolean digested = SECRET.contains(name) || value.length() > READABLE_MAX;
        return plain + "=" + (digested ? "#" + Digest.of(value.getBytes(UTF_8)) : URLEncoder.encode(value, UTF_8));
    }
}
