package io.larder.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a client has the response already (RFC 9110, 13.1). */
final class Preconditions {

    /** The headers that are kept from handlers, so that what they make is whole. */
    static final Set<String> ANSWERED_HERE = Set.of("if-none-match", "if-modified-since");

    private static final Pattern ENTITY_TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    private Preconditions() {}

    /** Returns whether the answer to {@code request} is 304, where it were {@code status} with these two headers otherwise. */
    static boolean isNotModified(
            HttpServletRequest request, int status, @Nullable String etag, @Nullable String lastModified) {
        if (status / 100 != 2 || !METHODS.contains(request.getMethod())) {
            return false;
        }
        List<String> tags = Collections.list(request.getHeaders("If-None-Match"));
        if (!tags.isEmpty()) {
            return tags.stream().anyMatch(list -> matches(list, etag));
        }
        Instant known = time(request.getHeader("If-Modified-Since"));
        Instant modified = time(lastModified);
        return known != null && modified != null && !modified.isAfter(known);
    }

    /** Compares weakly: a weak tag and a strong one of the same characters match. */
    private static boolean matches(String list, @Nullable String etag) {
        if (list.strip().equals("*")) {
            return true;
        }
        if (etag == null) {
            return false;
        }
        String sought = etag.startsWith("W/") ? etag.substring(2) : etag;
        Matcher listed = ENTITY_TAG.matcher(list);
        while (listed.find()) {
            if (sought.equals(listed.group(1))) {
                return true;
            }
        }
        return false;
    }

    /** Returns the time that a header tells, or null where it tells none. */
    static @Nullable Instant time(@Nullable String header) {
        try {
            return header == null ? null : DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
