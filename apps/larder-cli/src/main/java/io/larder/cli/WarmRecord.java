package io.larder.cli;

import io.larder.ConfigException;
import io.larder.EntryOptions;
import io.larder.WarmEntry;
import io.larder.url.Nearest;
import io.larder.url.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a file says about an entry to warm a cache with: key, value, and perhaps ttl and tags. */
final class WarmRecord {

    private static final String KEY = "key";
    private static final String VALUE = "value";
    private static final String TTL = "ttl";
    private static final String TAGS = "tags";
    static final List<String> FIELDS = List.of(KEY, VALUE, TTL, TAGS);

    private WarmRecord() {}

    /** Returns the entry that {@code fields} mean, or refuses them in words that quote no value. */
    static WarmEntry<String, Object> entry(Map<?, ?> fields) {
        for (Object name : fields.keySet()) {
            if (!FIELDS.contains(String.valueOf(name))) {
                throw new ConfigException("Unknown field '" + name + "'." + Nearest.hint(String.valueOf(name), FIELDS));
            }
        }
        Object key = fields.get(KEY);
        if (!(key instanceof String || key instanceof Number)) {
            throw new ConfigException("'key' must be a text" + (key == null ? ", and is missing" : ""));
        }
        if (!fields.containsKey(VALUE)) {
            throw new ConfigException("'value' is missing. Write null for \"no such thing\"");
        }
        EntryOptions options = EntryOptions.DEFAULT.tags(tags(fields.get(TAGS)));
        Object ttl = fields.get(TTL);
        if (ttl != null) {
            options = options.withTtl(Units.duration("'ttl'", String.valueOf(ttl)));
        }
        return new WarmEntry<>(String.valueOf(key), fields.get(VALUE), options);
    }

    /** Reads a list of tags, or a text with commas between. */
    private static List<String> tags(@Nullable Object given) {
        if (given == null) {
            return List.of();
        }
        if (given instanceof List<?> list) {
            List<String> tags = new ArrayList<>();
            for (Object tag : list) {
                if (!(tag instanceof String || tag instanceof Number)) {
                    throw new ConfigException("'tags' must be texts");
                }
                tags.add(String.valueOf(tag));
            }
            return tags;
        }
        if (given instanceof String || given instanceof Number) {
            return Arrays.stream(String.valueOf(given).split(","))
                    .map(String::strip)
                    .filter(tag -> !tag.isEmpty())
                    .toList();
        }
        throw new ConfigException("'tags' must be a list of texts");
    }
}
