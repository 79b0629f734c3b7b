package io.larder.annotations;

import io.larder.peer.PeerKeys;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes the keys that a Python cache makes of the same calls, as {@link PeerKeys} does. Immutable.
 *
 * <p>An annotation names a class: one that extends this and says, in its constructor, what Python calls the function, such as {@code
 * super(cachetory("shop.users", "load_user"))}.
 */
public class PeerKeyBuilder implements KeyBuilder {

    private final KeyBuilder keys;

    /** Makes one of the keys that {@code keys} makes. */
    protected PeerKeyBuilder(KeyBuilder keys) {
        this.keys = keys;
    }

    @Override
    public final String key(Method method, @Nullable Object[] arguments) {
        return keys.key(method, arguments);
    }

    /** Returns cachetory's {@code make_default_key}; the last arguments are those that Python's callers give by these names. */
    public static KeyBuilder cachetory(String module, String function, String... named) {
        return split(named, (arguments, byName) -> PeerKeys.cachetory(module, function, arguments, byName));
    }

    /** Returns cachetory's {@code make_default_hashed_key}; the last arguments are those that Python's callers give by these names. */
    public static KeyBuilder cachetoryHashed(String module, String function, String... named) {
        return split(named, (arguments, byName) -> PeerKeys.cachetoryHashed(module, function, arguments, byName));
    }

    /** Returns ddf's {@code cache_with_invalidation}; the last arguments are those that Python's callers give by these names. */
    public static KeyBuilder ddf(String prefix, String... named) {
        return split(named, (arguments, byName) -> PeerKeys.ddf(prefix, arguments, byName));
    }

    /** Returns YokedCache's {@code generate_cache_key} of calls whose arguments are a query, perhaps its parameters, perhaps a user. */
    @SuppressWarnings("unchecked") // What the names of parameters are, PeerKeys looks at.
    public static KeyBuilder yokedQuery(String prefix, @Nullable String namespace, @Nullable String table) {
        return (method, arguments) -> {
            @Nullable Object[] all = Arrays.copyOf(arguments, 3);
            Map<String, ?> parameters = (Map<String, ?>) all[1];
            String user = all[2] == null ? null : all[2].toString();
            return PeerKeys.yokedQuery(prefix, namespace, table, user, (String) all[0], parameters);
        };
    }

    /** Returns what YokedCache's {@code sanitize_key} makes of {@code keys}; {@code peer=yokedcache} does so itself. */
    public static KeyBuilder yokedSanitized(KeyBuilder keys) {
        return (method, arguments) -> PeerKeys.yokedSanitized(keys.key(method, arguments));
    }

    /** Returns {@code keys} under Ellar's prefix and version; {@code peer=ellar} puts them there itself. */
    public static KeyBuilder ellar(String prefix, String version, KeyBuilder keys) {
        return (method, arguments) -> PeerKeys.ellar(prefix, version, keys.key(method, arguments));
    }

    private static KeyBuilder split(
            String[] named, BiFunction<List<@Nullable Object>, Map<String, @Nullable Object>, String> keys) {
        return (method, arguments) -> {
            int positional = arguments.length - named.length;
            if (positional < 0) {
                throw new IllegalArgumentException("named must be at most the " + arguments.length + " arguments of "
                        + method.getName() + ", were " + String.join(", ", named));
            }
            Map<String, @Nullable Object> byName = new LinkedHashMap<>();
            for (int i = 0; i < named.length; i++) {
                byName.put(named[i], arguments[positional + i]);
            }
            return keys.apply(Arrays.asList(arguments).subList(0, positional), byName);
        };
    }
}
