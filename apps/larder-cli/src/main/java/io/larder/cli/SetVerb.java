package io.larder.cli;

import io.larder.Cache;
import io.larder.EntryOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stores a value. */
@Command(
        name = "set",
        description = {
            "Stores a value in place of the entry and its tags.",
            "VALUE is JSON where it parses as JSON, else a string. '-' reads standard input, less one line end.",
            "Exit 1 if a condition kept it from being stored."
        },
        footer = {
            "Examples:",
            "  larder set user:42 '{\"name\":\"Ann\"}' --ttl 1h --tag team:7",
            "  larder set lock me --if-absent --ttl 30s",
            "  larder set page - < page.html",
            "  larder set --ttl 5m -- -key-with-a-hyphen value"
        })
final class SetVerb extends Verb {

    @Parameters(index = "0", paramLabel = "KEY", description = "Any string.")
    String key;

    @Parameters(index = "1", paramLabel = "VALUE", description = "JSON, a string, or '-'.")
    String value;

    @Option(
            names = "--ttl",
            paramLabel = "TTL",
            converter = DurationText.class,
            description = "How long it lives: 500ms, 90s, 1h30m, 2d, never. Default: what the URL says, else never")
    @Nullable
    Duration ttl;

    @Option(names = "--tag", paramLabel = "T", description = "A tag to invalidate it by; may be repeated.")
    List<String> tags = new ArrayList<>();

    @Option(names = "--if-absent", description = "Only if there is no entry.")
    boolean ifAbsent;

    @Option(names = "--if-present", description = "Only if there is an entry.")
    boolean ifPresent;

    @Override
    int run(Session session, Cache<String, Object> cache, Output output) {
        if (ifAbsent && ifPresent) {
            throw badUsage("'--if-absent' and '--if-present' exclude each other. Keep one.");
        }
        Object stored = JsonText.valueOf(value.equals("-") ? input(output) : value);
        EntryOptions options = EntryOptions.DEFAULT.tags(tags);
        if (ttl != null) {
            options = options.withTtl(ttl);
        }
        return store(cache, stored, options) ? Exit.DONE : output.notDone();
    }

    private boolean store(Cache<String, Object> cache, @Nullable Object stored, EntryOptions options) {
        if (ifAbsent) {
            return cache.putIfAbsent(key, stored, options);
        }
        if (ifPresent) {
            return cache.replace(key, stored, options);
        }
        cache.put(key, stored, options);
        return true;
    }

    private String input(Output output) {
        if (output.isShell()) {
            throw badUsage("'-' reads standard input, which holds the commands here. Write the value itself.");
        }
        StringBuilder text = new StringBuilder();
        char[] chunk = new char[8192];
        try {
            for (int read = 0; read >= 0; read = output.console().in().read(chunk)) {
                text.append(chunk, 0, read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read standard input", e);
        }
        return withoutLineEnd(text.toString());
    }

    /** Takes off what {@code get} puts on, so that one can be piped into the other. */
    static String withoutLineEnd(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
