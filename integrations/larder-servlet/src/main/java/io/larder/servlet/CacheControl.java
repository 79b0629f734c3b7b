package io.larder.servlet;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The directives of the header {@code Cache-Control} (RFC 9111, 5.2). Immutable. */
final class CacheControl {

    private static final Pattern DIRECTIVE =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,\"]*)))?");
    private static final int DIGITS_MAX = 10;

    private final Map<String, String> directives = new HashMap<>();

    CacheControl(Collection<String> headers) {
        for (String header : headers) {
            for (Matcher found = DIRECTIVE.matcher(header); found.find(); ) {
                String quoted = found.group(2);
                String plain = found.group(3) == null ? "" : found.group(3);
                directives.putIfAbsent(found.group(1).toLowerCase(Locale.ROOT), quoted == null ? plain : quoted);
            }
        }
    }

    /** Returns whether any of {@code names} is there; one that is meant for some headers only counts for the whole response. */
    boolean has(String... names) {
        for (String name : names) {
            if (directives.containsKey(name)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the seconds of {@code name}: 0 when they are no number, as the standard wants, and empty when it is not there. */
    OptionalLong seconds(String name) {
        String text = directives.get(name);
        if (text == null) {
            return OptionalLong.empty();
        }
        boolean isNumber = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isNumber) {
            return OptionalLong.of(0);
        }
        return OptionalLong.of(text.length() < DIGITS_MAX ? Long.parseLong(text) : Integer.MAX_VALUE);
    }
}
