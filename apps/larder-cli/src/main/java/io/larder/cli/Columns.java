package io.larder.cli;

import io.larder.CacheEntry;
import io.larder.EntryOptions;
import io.larder.url.Units;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries and fields as lines for people, which are also easy to cut. */
final class Columns {

    /** Above this, a person does not care for milliseconds. */
    private static final Duration EXACT_MAX = Duration.ofSeconds(10);

    private Columns() {}

    /** Returns key, value, ttl and tags; the value is JSON, for then it has no line break. */
    static List<String> of(CacheEntry<String, Object> entry) {
        return List.of(
                oneLine(entry.key()),
                JsonText.write(entry.value()),
                Units.text(rounded(entry.remaining())),
                tags(entry.tags()));
    }

    /** Returns an entry with everything there is to tell about it. */
    static Map<String, String> all(CacheEntry<String, Object> entry) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("key", oneLine(entry.key()));
        all.put("value", JsonText.write(entry.value()));
        all.put("ttl", entry.stale() ? "over, kept as stale" : Units.text(rounded(entry.remaining())));
        all.put("age", Units.text(rounded(entry.age())));
        all.put("tags", entry.tags().isEmpty() ? "none" : tags(entry.tags()));
        return all;
    }

    /** Returns fields as a person reads them. */
    static Map<String, String> texts(Map<String, @Nullable Object> fields) {
        Map<String, String> texts = new LinkedHashMap<>();
        fields.forEach((name, value) -> texts.put(name, value == null ? "unknown" : value.toString()));
        return texts;
    }

    /** Returns a line for each field, the values under each other. */
    static List<String> aligned(Map<String, String> fields) {
        int width = fields.keySet().stream().mapToInt(String::length).max().orElse(0);
        return fields.entrySet().stream()
                .map(field -> field.getKey() + " ".repeat(width - field.getKey().length() + 2) + field.getValue())
                .toList();
    }

    static List<String> sorted(Collection<String> tags) {
        return tags.stream().sorted().toList();
    }

    /** Returns the text, as a JSON string if it could not be told from its neighbours otherwise. */
    static String oneLine(String text) {
        boolean plain = !text.isEmpty() && text.charAt(0) != '"' && text.chars().noneMatch(Character::isISOControl);
        return plain ? text : JsonText.write(text);
    }

    private static String tags(Collection<String> tags) {
        return String.join(
                ",",
                sorted(tags).stream()
                        .map(tag -> tag.indexOf(',') < 0 ? oneLine(tag) : JsonText.write(tag))
                        .toList());
    }

    private static Duration rounded(Duration duration) {
        boolean exact = duration.compareTo(EXACT_MAX) < 0 || duration.equals(EntryOptions.NEVER);
        return exact ? duration : Duration.ofSeconds(duration.plusMillis(500).toSeconds());
    }
}
