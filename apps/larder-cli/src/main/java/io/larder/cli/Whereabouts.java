package io.larder.cli;

import io.larder.ConfigException;
import io.larder.Larder;
import io.larder.LarderBuilder;
import io.larder.config.ConfigValue;
import io.larder.config.LarderConfig;
import io.larder.url.Nearest;
import io.larder.url.Parameters;
import io.larder.url.TieredUrl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where the cache of a command is: at a URL, or where a configuration says.
 *
 * @param cache its name
 * @param set what is set for it, by the name of the parameter, else null
 * @param address what a person reads, without secrets
 */
record Whereabouts(LarderBuilder builder, String cache, UnaryOperator<@Nullable String> set, String address) {

    private static final String CACHES = "caches";

    static Whereabouts ofUrl(String text, String cache) {
        TieredUrl url = TieredUrl.parse(text);
        Parameters parameters = url.last().parameters();
        return new Whereabouts(Larder.builder(url), cache, parameters::text, url.toString());
    }

    /** Returns those of a cache that {@code config}, which was read from {@code file}, declares, or of any if it declares none. */
    static Whereabouts ofConfig(LarderConfig config, String file, String cache) {
        LarderBuilder builder = config.builder();
        List<ConfigValue> declared = config.values().stream()
                .filter(value -> value.path().get(0).equals(CACHES))
                .toList();
        List<String> names =
                declared.stream().map(value -> value.path().get(1)).distinct().toList();
        if (!names.isEmpty() && !names.contains(cache)) {
            throw new ConfigException("'" + file + "' declares no cache '" + cache + "'." + Nearest.hint(cache, names)
                    + " Name it by --cache");
        }
        Map<String, String> set = new HashMap<>();
        declared.stream()
                .filter(value ->
                        value.path().get(1).equals(cache) && !value.source().equals(ConfigValue.STANDARD))
                .forEach(value -> set.put(value.path().get(value.path().size() - 1), value.value()));
        return new Whereabouts(builder, cache, set::get, "cache '" + cache + "' of '" + file + "'");
    }
}
