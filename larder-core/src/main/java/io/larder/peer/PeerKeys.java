package io.larder.peer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys that five Python caches make of functions, arguments and queries, to the letter. Has no state.
 *
 * <p>They are what Python's side looks for, collisions included: {@code ("a:", "b")} and {@code ("a", ":b")} are one key to cachetory.
 * Arguments are null, booleans, numbers, strings, lists and maps; of others nobody knows how Python writes them, and they are refused.
 */
public final class PeerKeys {

    private static final int KEY_CHARACTERS_MAX = 250;
    private static final int KEY_CHARACTERS_KEPT = 100;
    private static final int QUERY_HASH_LENGTH = 16;

    private PeerKeys() {}

    /**
     * Returns cachetory's {@code make_default_key}.
     *
     * @param module the function's {@code __module__}
     * @param function its {@code __qualname__}
     */
    public static String cachetory(String module, String function, List<?> arguments, Map<String, ?> named) {
        StringBuilder key = new StringBuilder(doubled(module)).append(':').append(doubled(function));
        arguments.forEach(argument -> key.append(':').append(doubled(PythonText.str(argument))));
        new TreeMap<>(named)
                .forEach((name, value) -> key.append(':').append(doubled(name + "=" + PythonText.str(value))));
        return key.toString();
    }

    /** Returns cachetory's {@code make_default_hashed_key}: 64 hexadecimal digits of BLAKE2s. */
    public static String cachetoryHashed(String module, String function, List<?> arguments, Map<String, ?> named) {
        byte[] key = cachetory(module, function, arguments, named).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Blake2s.hash(key));
    }

    private static String doubled(String part) {
        return part.replace(":", "::");
    }

    /** Returns YokedCache's {@code generate_cache_key}; what is null is left out. */
    public static String yokedQuery(
            String prefix,
            @Nullable String namespace,
            @Nullable String table,
            @Nullable String user,
            @Nullable String query,
            @Nullable Map<String, ?> parameters) {
        StringBuilder key = new StringBuilder(prefix);
        append(key, "ns", namespace);
        append(key, "table", table);
        append(key, "user", user);
        if (query != null || parameters != null) {
            String asked = query == null
                    ? ""
                    : String.join(" ", query.toLowerCase(Locale.ROOT).strip().split("\\s+"));
            append(
                    key,
                    "query",
                    sha256(asked + (parameters == null ? "" : PythonText.json(parameters)))
                            .substring(0, QUERY_HASH_LENGTH));
        }
        return yokedSanitized(key.toString());
    }

    private static void append(StringBuilder key, String name, @Nullable String value) {
        if (value != null) {
            key.append(':').append(name).append(':').append(value);
        }
    }

    /** Returns YokedCache's {@code sanitize_key}: no spaces or line ends, and a hash of what is beyond 250 characters. */
    public static String yokedSanitized(String key) {
        String plain = key.replace(' ', '_').replace("\n", "").replace("\r", "");
        if (plain.codePointCount(0, plain.length()) <= KEY_CHARACTERS_MAX) {
            return plain;
        }
        int kept = plain.offsetByCodePoints(0, KEY_CHARACTERS_KEPT);
        return plain.substring(0, kept) + "#" + sha256(plain.substring(kept));
    }

    /** Returns Ellar's key; its prefix is empty and its version 1 if nobody said otherwise. */
    public static String ellar(String prefix, String version, String key) {
        return prefix + ":" + version + ":" + key;
    }

    /**
     * Returns what ddf's {@code cache_with_invalidation} makes of a prefix and arguments. Lists and maps it leaves out, so that two calls
     * which differ in those share an entry.
     */
    public static String ddf(String prefix, List<?> arguments, Map<String, ?> named) {
        StringBuilder key = new StringBuilder(prefix);
        arguments.stream()
                .filter(PeerKeys::isScalar)
                .forEach(argument -> key.append(':').append(PythonText.str(argument)));
        named.entrySet().stream()
                .filter(argument -> isScalar(argument.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, same) -> one, TreeMap::new))
                .forEach((name, value) ->
                        key.append(':').append(name).append('=').append(PythonText.str(value)));
        return sha256(key.toString());
    }

    private static boolean isScalar(@Nullable Object argument) {
        return argument instanceof String || argument instanceof Number || argument instanceof Boolean;
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
