package io.larder.cli;

import io.larder.CodecException;
import io.larder.ConfigException;
import io.larder.spi.Entry;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Lifetime;
import io.larder.url.Nearest;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entry as a line of an export: its value as JSON where that is what was stored, else as the bytes themselves with the name of their
 * codec; deadlines as times of day, because what was right until then is not right for longer because it was exported.
 */
final class ExportLine {

    private static final String KEY = "key";
    private static final String VALUE = "value";
    private static final String BYTES = "bytes";
    private static final String CODEC = "codec";
    private static final String CREATED = "created";
    private static final String FRESH_UNTIL = "freshUntil";
    private static final String KEEP_UNTIL = "keepUntil";
    private static final String TAGS = "tags";
    private static final List<String> FIELDS =
            List.of(KEY, VALUE, BYTES, CODEC, CREATED, FRESH_UNTIL, KEEP_UNTIL, TAGS);

    private ExportLine() {}

    static String of(String key, Entry<byte[]> entry, String codec) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(KEY, key);
        byte[] value = entry.value();
        Object json = value == null || !codec.equals(RawSession.CODEC_STANDARD) ? null : json(value);
        if (value == null || json != null) {
            fields.put(VALUE, json);
        } else {
            fields.put(BYTES, Base64.getEncoder().encodeToString(value));
            fields.put(CODEC, codec);
        }
        Lifetime lifetime = entry.lifetime();
        fields.put(CREATED, Instant.ofEpochMilli(lifetime.createdMillis()).toString());
        putDeadline(fields, FRESH_UNTIL, lifetime.freshUntilMillis());
        if (lifetime.keepUntilMillis() != lifetime.freshUntilMillis()) {
            putDeadline(fields, KEEP_UNTIL, lifetime.keepUntilMillis());
        }
        if (!entry.tags().isEmpty()) {
            fields.put(TAGS, Columns.sorted(entry.tags()));
        }
        return JsonText.write(fields);
    }

    /** Returns what the bytes mean, or null if writing that again would not make the same bytes. */
    private static @Nullable Object json(byte[] value) {
        try {
            Object read = JsonText.read(value);
            return Arrays.equals(encoded(read), value) ? read : null;
        } catch (CodecException noJson) {
            return null;
        }
    }

    private static byte[] encoded(Object value) {
        return JsonText.write(value).getBytes(StandardCharsets.UTF_8);
    }

    private static void putDeadline(Map<String, @Nullable Object> fields, String name, long millis) {
        if (millis != Lifetime.NEVER) {
            fields.put(name, Instant.ofEpochMilli(millis).toString());
        }
    }

    /** Returns the entry that {@code line} means to a cache with this codec, or refuses it in words that quote no value. */
    static KeyedEntry<String, byte[]> read(String line, String codec) {
        if (!(JsonText.read(line.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> fields)) {
            throw new ConfigException("Expected an object, as 'larder export' writes it");
        }
        for (Object name : fields.keySet()) {
            if (!FIELDS.contains(String.valueOf(name))) {
                throw new ConfigException("Unknown field '" + name + "'." + Nearest.hint(String.valueOf(name), FIELDS));
            }
        }
        if (!(fields.get(KEY) instanceof String key)) {
            throw new ConfigException("'key' must be a text");
        }
        long freshUntil = millis(fields, FRESH_UNTIL, Lifetime.NEVER);
        return new KeyedEntry<>(
                key,
                new Entry<>(
                        value(fields, codec),
                        new Lifetime(millis(fields, CREATED, 0), freshUntil, millis(fields, KEEP_UNTIL, freshUntil)),
                        tags(fields.get(TAGS))));
    }

    private static byte @Nullable [] value(Map<?, ?> fields, String codec) {
        if (fields.containsKey(VALUE) == fields.containsKey(BYTES)) {
            throw new ConfigException("It takes one of 'value' and 'bytes'");
        }
        Object value = fields.get(VALUE);
        if (fields.containsKey(VALUE) && value == null) {
            return null;
        }
        String written = value == null ? String.valueOf(fields.get(CODEC)) : RawSession.CODEC_STANDARD;
        if (!written.equals(codec)) {
            throw new ConfigException("It was written by the codec '" + written + "', and the cache's is '" + codec
                    + "'. Name the same one in the URL");
        }
        return value == null ? Base64.getDecoder().decode(String.valueOf(fields.get(BYTES))) : encoded(value);
    }

    private static long millis(Map<?, ?> fields, String name, long absent) {
        Object time = fields.get(name);
        try {
            return time == null ? absent : Instant.parse(String.valueOf(time)).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new ConfigException("'" + name + "' must be a time such as '2026-01-31T23:59:59Z'", e);
        }
    }

    private static Set<String> tags(@Nullable Object given) {
        Set<String> tags = new LinkedHashSet<>();
        if (given instanceof List<?> list) {
            list.forEach(tag -> tags.add(String.valueOf(tag)));
        } else if (given != null) {
            throw new ConfigException("'tags' must be a list of texts");
        }
        return tags;
    }
}
