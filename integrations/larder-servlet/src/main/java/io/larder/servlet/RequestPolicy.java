package io.larder.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.larder.servlet.ResponseRules.Users;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a request says about the cache. Confined to the request's thread. */
final class RequestPolicy {

    private static final List<String> NEEDS_HANDLER = List.of("Range", "If-Match", "If-Unmodified-Since");

    private final HttpServletRequest request;
    private final ResponseRules rules;
    private final CacheControl control;

    RequestPolicy(HttpServletRequest request, ResponseRules rules) {
        this.request = request;
        this.rules = rules;
        this.control = new CacheControl(Collections.list(request.getHeaders("Cache-Control")));
    }

    /** Returns whether the handler answers, as if there were no cache. */
    boolean passes() {
        return !rules.methods.contains(request.getMethod())
                || "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                || NEEDS_HANDLER.stream().anyMatch(name -> request.getHeader(name) != null)
                || (rules.users == Users.NOBODYS && user() != null)
                || (rules.clientsReload && control.has("no-store"));
    }

    /** Returns whether the client wants a response that is new. */
    boolean isReload() {
        return rules.clientsReload && (control.has("no-cache") || isOlderThanWanted(0) || isPragma());
    }

    private boolean isPragma() {
        String pragma = request.getHeader("Pragma");
        return request.getHeader("Cache-Control") == null && pragma != null && pragma.contains("no-cache");
    }

    /** Returns whether the client wants a response that is younger; {@code max-age=0} wants one that is new. */
    boolean isOlderThanWanted(long ageSeconds) {
        OptionalLong wanted = control.seconds("max-age");
        return rules.clientsReload
                && wanted.isPresent()
                && (wanted.getAsLong() == 0 || wanted.getAsLong() < ageSeconds);
    }

    /** Returns whether the response may be one that is meant for this user alone. */
    boolean hasOwnKey() {
        return rules.users == Users.EACH_THEIR_OWN && user() != null;
    }

    /** Returns who asks, in a form that tells nothing about them, or null when it is nobody in particular. */
    @Nullable
    String user() {
        if (request.getUserPrincipal() != null) {
            return Digest.of(("user " + request.getUserPrincipal().getName()).getBytes(UTF_8));
        }
        String authorization = request.getHeader("Authorization");
        if (authorization != null) {
            return Digest.of(("authorization " + authorization).getBytes(UTF_8));
        }
        HttpSession session = request.getSession(false);
        return session == null ? null : Digest.of(("session " + session.getId()).getBytes(UTF_8));
    }
}
