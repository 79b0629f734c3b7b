package io.larder.cli;

import io.larder.CacheEntry;
import io.larder.EntryOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints results in the format that was asked for. */
final class Output {

    private final Console console;
    private final Format format;
    private final boolean inShell;

    Output(Console console, Format format, boolean inShell) {
        this.console = console;
        this.format = format;
        this.inShell = inShell;
    }

    Console console() {
        return console;
    }

    Format format() {
        return format;
    }

    boolean isJson() {
        return format == Format.JSON;
    }

    boolean isShell() {
        return inShell;
    }

    /** Prints a value as it is if it is a string, else as JSON. */
    void value(@Nullable Object value) {
        line(!isJson() && value instanceof String text ? text : JsonText.write(value));
    }

    /** Begins a listing, whose table has these columns. */
    Rows rows(String... columns) {
        return new Rows(this, columns);
    }

    /** Prints a record whose values a person reads as they are. */
    void fields(Map<String, @Nullable Object> named) {
        fields(named, Columns.texts(named));
    }

    /** Prints a record: as one JSON object, or one line for each field; as CSV, a heading and a row. */
    void fields(Map<String, @Nullable Object> named, Map<String, String> asText) {
        if (format == Format.LINES || format == Format.TABLE) {
            Columns.aligned(asText).forEach(this::line);
        } else {
            rows().add(named, List.of());
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
