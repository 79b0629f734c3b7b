package io.larder.url;

import io.larder.ConfigException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A backend's address: {@code scheme:[//[user[:password]@]hosts][/path][?name=value&…]}, with {@code %XX} escapes (RFC 3986).
 *
 * <p>Immutable. Unlike in a form, {@code +} is a plus. {@link #toString} hides the password and every parameter that holds a
 * secret.
 *
 * @param scheme lower case
 * @param user decoded, or null
 * @param password decoded, or null
 * @param hosts as written, a list with commas or empty
 * @param path decoded, with its leading slash, or empty
 */
public record CacheUrl(
        String scheme,
        @Nullable String user,
        @Nullable String password,
        String hosts,
        String path,
        Parameters parameters) {

    private static final Pattern SHAPE =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?]*))?([^?]*)(?:\\?(.*))?", Pattern.DOTALL);
    private static final Pattern SECRET = Pattern.compile("(?i).*(pass|pwd|secret|token).*");
    private static final Pattern PORT = Pattern.compile(".*:\\d*(\\*\\d*)?");
    private static final String MASK = "***";

    /** Returns the parts of {@code text}. */
    public static CacheUrl parse(String text) {
        Matcher shape = SHAPE.matcher(text.strip());
        if (!shape.matches()) {
            throw new ConfigException(
                    "Cannot read cache URL '" + masked(text) + "'. Expected 'scheme:…' such as 'memory:?max=10k'");
        }
        String authority = shape.group(2) == null ? "" : shape.group(2);
        int at = authority.lastIndexOf('@');
        String login = at < 0 ? null : authority.substring(0, at);
        String rest = text.strip().substring(shape.end(2) < 0 ? shape.end(1) : shape.end(2));
        if (login == null
                && rest.indexOf('@') >= 0
                && authority.indexOf(':') >= 0
                && !PORT.matcher(authority).matches()) {
            throw new ConfigException("Cannot tell where the password ends in '" + masked(text)
                    + "'. Write '%2F' for '/' and '%3F' for '?' in it");
        }
        int colon = login == null ? -1 : login.indexOf(':');
        return new CacheUrl(
                shape.group(1).toLowerCase(Locale.ROOT),
                login == null ? null : decode(colon < 0 ? login : login.substring(0, colon), text),
                login == null || colon < 0 ? null : decode(login.substring(colon + 1), text),
                authority.substring(at + 1),
                decode(shape.group(3), text),
                parameters(shape.group(4), text));
    }

    /** Returns this place with other parameters. */
    public CacheUrl with(Parameters parameters) {
        return new CacheUrl(scheme, user, password, hosts, path, parameters);
    }

    /** Returns what may be shown of the value of a parameter: nothing of a secret, a URL without its password. */
    public static String shown(String parameter, String value) {
        return SECRET.matcher(parameter).matches() ? MASK : masked(value);
    }

    private static Parameters parameters(@Nullable String query, String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new ConfigException("Expected 'name=value' but found '"
                        + (SECRET.matcher(pair).matches() || pair.indexOf('@') >= 0 ? MASK : pair) + "' in '"
                        + masked(text) + "'");
            }
            String name = decode(pair.substring(0, equals), text);
            if (values.put(name, decode(pair.substring(equals + 1), text)) != null) {
                throw new ConfigException("Parameter '" + name + "' stands twice in '" + masked(text) + "'");
            }
        }
        return new Parameters(values, "of '" + masked(text) + "'");
    }

    private static String decode(String escaped, String url) {
        if (escaped.indexOf('%') < 0) {
            return escaped;
        }
        return PercentCode.decode(escaped)
                .orElseThrow(() -> new ConfigException("Bad escape in '" + masked(url)
                        + "'. Expected '%' and two hexadecimal digits that make UTF-8; '%' itself is '%25'"));
    }

    /** Hides what may be secret in a URL that need not be well formed. */
    static String masked(String text) {
        return CodecChain.masked(text)
                .replaceAll("(?s)(//[^/?@]*?:).*@", "$1" + MASK + "@")
                .replaceAll("(?si)([?&][^=&]*(?:fallback|pass|pwd|secret|token)[^=&]*=)[^&]*", "$1" + MASK);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(scheme).append(':');
        // Without a host, a path that starts with two slashes would read as one.
        if (!hosts.isEmpty() || user != null || path.startsWith("//")) {
            text.append("//");
            if (user != null) {
                text.append(PercentCode.encode(user).replace(":", "%3A").replace("/", "%2F"))
                        .append(password == null ? "" : ":" + MASK)
                        .append('@');
            }
            text.append(hosts);
        }
        text.append(PercentCode.encode(path));
        char separator = '?';
        for (String name : parameters.names()) {
            String value = PercentCode.encodeValue(shown(name, String.valueOf(parameters.text(name))));
            text.append(separator).append(PercentCode.encode(name)).append('=').append(value);
            separator = '&';
        }
        return text.toString();
    }
}
