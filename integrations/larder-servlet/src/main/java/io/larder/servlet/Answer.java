package io.larder.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/** Sends a response whose parts are known: status, headers and body, or 304 where the client has it already. */
final class Answer {

    /** What describes a body, which 304 has none of. */
    private static final Set<String> OF_BODY =
            Set.of("content-type", "content-encoding", "content-language", "content-range");

    private Answer() {}

    /** Sends {@code made} where the handler has set status and headers already. */
    static void first(StoredResponse made, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        String etag = made.header("ETag");
        if (etag != null) {
            response.setHeader("ETag", etag);
        }
        setHeader(response, "Vary", made);
        if (isNotModified(made, request)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        } else {
            sendBody(made, request, response);
        }
    }

    /** Sends {@code stored} as it was, with its age. */
    static void again(StoredResponse stored, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean notModified = isNotModified(stored, request);
        response.setStatus(notModified ? HttpServletResponse.SC_NOT_MODIFIED : stored.status());
        for (String name : stored.headerNames()) {
            if (!notModified || !OF_BODY.contains(name.toLowerCase(Locale.ROOT))) {
                setHeader(response, name, stored);
            }
        }
        response.setHeader("Age", String.valueOf(stored.ageSeconds()));
        if (!notModified) {
            sendBody(stored, request, response);
        }
    }

    private static boolean isNotModified(StoredResponse response, HttpServletRequest request) {
        return Preconditions.isNotModified(
                request, response.status(), response.header("ETag"), response.header("Last-Modified"));
    }

    private static void setHeader(HttpServletResponse response, String name, StoredResponse stored) {
        boolean isFirst = true;
        for (String value : stored.headers(name)) {
            if (isFirst) {
                response.setHeader(name, value);
                isFirst = false;
            } else {
                response.addHeader(name, value);
            }
        }
    }

    private static void sendBody(StoredResponse stored, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (stored.status() == HttpServletResponse.SC_NO_CONTENT) {
            return;
        }
        response.setContentLengthLong(stored.bytes().length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(stored.bytes());
        }
    }
}
