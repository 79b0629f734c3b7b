package io.larder.cli;

import io.larder.CacheEntry;
import io.larder.EntryOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints results: for people, or as JSON with one value a line. */
final class Output {

    private final Console console;
    private final boolean json;
    private final boolean inShell;

    Output(Console console, boolean json, boolean inShell) {
        this.console = console;
        this.json = json;
        this.inShell = inShell;
    }

    Console console() {
        return console;
    }

    boolean isJson() {
        return json;
    }

    boolean isShell() {
        return inShell;
    }

    /** Prints a value as it is if it is a string, else as JSON. */
    void value(@Nullable Object value) {
        line(!json && value instanceof String text ? text : JsonText.write(value));
    }

    /** Prints a key on a line of its own, in quotes if it holds what would break the line. */
    void key(String key) {
        line(json ? JsonText.write(key) : Columns.oneLine(key));
    }

    /** Prints an entry on one line. */
    void entry(CacheEntry<String, Object> entry) {
        line(json ? JsonText.write(fields(entry)) : Columns.of(entry));
    }

    /** Prints a record: as one JSON object, or one line for each field. */
    void fields(Map<String, @Nullable Object> asJson, Map<String, String> asText) {
        if (json) {
            line(JsonText.write(asJson));
        } else {
            Columns.aligned(asText).forEach(this::line);
        }
    }

    void line(String line) {
        console.out().print(line);
        console.out().print('\n');
    }

    /** Ends a verb that found nothing. In a shell, where nobody sees the exit code, it says so. */
    int miss() {
        return nothing("(miss)");
    }

    /** Ends a verb that a condition kept from doing it. */
    int notDone() {
        return nothing("(not done)");
    }

    private int nothing(String note) {
        if (inShell) {
            console.err().print(note + "\n");
        }
        return Exit.MISS;
    }

    /** Returns an entry as JSON shows it; times in milliseconds, null for a ttl that never ends. */
    static Map<String, @Nullable Object> fields(CacheEntry<String, Object> entry) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("key", entry.key());
        fields.put("value", entry.value());
        fields.put(
                "ttlMillis",
                entry.remaining().equals(EntryOptions.NEVER)
                        ? null
                        : entry.remaining().toMillis());
        fields.put("ageMillis", entry.age().toMillis());
        fields.put("tags", List.copyOf(Columns.sorted(entry.tags())));
        fields.put("stale", entry.stale());
        return fields;
    }
}
