package io.larder.cli;

import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.WarmEntry;
import io.larder.WarmOptions;
import io.larder.WarmReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stores the entries of a file. */
@Command(
        name = "warm",
        description = {
            "Stores the entries of a file, and prints how many were stored, skipped and refused.",
            "Each has a key, a value, and perhaps a ttl and tags: in JSON lines '{\"key\":\"a\",\"value\":1,\"ttl\":\"1h\","
                    + "\"tags\":[\"t\"]}', in CSV with a heading, a column each, or in YAML, in a list. In CSV a value is JSON where it"
                    + " parses as JSON, else a string, and tags have commas between.",
            "The whole file is looked at first: if a line is wrong, all that are wrong are told, each with its number, and"
                    + " nothing is stored. What the cache has already stays, unless --overwrite is given. Exit 1 if the backend"
                    + " refused some."
        },
        footer = {
            "Examples:",
            "  larder warm products.csv --ttl 1h --tag products",
            "  larder warm rates.yaml --overwrite",
            "  zcat users.jsonl.gz | larder warm - --format jsonl"
        })
final class WarmVerb extends Verb {

    /** How many refusals are explained; of more there is only the count. */
    private static final int EXPLAINED_MAX = 10;
    /** How many wrong lines are told, for a file may be of another kind as a whole. */
    private static final int TOLD_MAX = 100;

    @Parameters(
            paramLabel = "FILE",
            description = "Its name ends with .yaml, .yml, .jsonl, .ndjson or .csv; '-' is standard input.")
    String file;

    @Option(
            names = "--format",
            paramLabel = "KIND",
            description = "yaml, jsonl or csv. Default: by the name of the file")
    @Nullable
    String format;

    @Option(
            names = "--ttl",
            paramLabel = "TTL",
            converter = DurationText.class,
            description = "How long those live that have no ttl of their own. Default: what the URL says, else never")
    @Nullable
    Duration ttl;

    @Option(names = "--tag", paramLabel = "T", description = "A tag for all of them; may be repeated.")
    List<String> tags = new ArrayList<>();

    @Option(names = "--overwrite", description = "Replace what the cache has.")
    boolean overwrite;

    @Option(names = "--parallel", paramLabel = "N", description = "Store N at a time. Default: 8")
    int parallel = 8;

    @Option(names = "--dry-run", description = "Look at the file, and store nothing.")
    boolean dryRun;

    @Override
    int run(Session session, Cache<String, Object> cache, Output output) {
        WarmOptions options = options();
        if (!file.equals("-")) {
            return run(Path.of(file), cache, output, options);
        }
        if (output.isShell()) {
            throw badUsage("'-' reads standard input, which holds the commands here. Name a file.");
        }
        Path copied = copyOfInput(output.console());
        try {
            return run(copied, cache, output, options);
        } finally {
            delete(copied);
        }
    }

    private WarmOptions options() {
        EntryOptions entries = EntryOptions.DEFAULT.tags(tags);
        WarmOptions options = WarmOptions.parallel(parallel).entries(ttl == null ? entries : entries.withTtl(ttl));
        return overwrite ? options.overwriting() : options;
    }

    private int run(Path path, Cache<String, Object> cache, Output output, WarmOptions options) {
        if (!Files.isReadable(path)) {
            throw badUsage("Cannot read '" + file + "'. Name a file that is there.");
        }
        WarmFile entries = new WarmFile(path, kind());
        Progress progress = new Progress(output.console());
        long count = check(entries, progress, output.console());
        if (count < 0) {
            return Exit.USAGE;
        }
        WarmReport report =
                dryRun ? new WarmReport(0, count, 0) : warm(entries, count, cache, options, progress, output);
        Map<String, @Nullable Object> counts = new LinkedHashMap<>();
        counts.put("stored", report.stored());
        counts.put("skipped", report.skipped());
        counts.put("failed", report.failed());
        output.fields(counts);
        return report.failed() == 0 ? Exit.DONE : Exit.MISS;
    }

    private WarmFile.Kind kind() {
        if (format != null) {
            return WarmFile.Kind.of(format);
        }
        if (file.equals("-")) {
            throw badUsage("What standard input has in it cannot be told by its name. Say so by --format.");
        }
        return WarmFile.Kind.of(file.substring(file.lastIndexOf('.') + 1));
    }

    /** Returns how many entries there are, or a negative number if something is wrong, which is told as compilers do. */
    private long check(WarmFile entries, Progress progress, Console console) {
        AtomicLong wrong = new AtomicLong();
        long count = 0;
        progress.begin("checking");
        try (Stream<WarmEntry<String, Object>> read = entries.entries((line, mistake) -> {
            if (wrong.incrementAndGet() <= TOLD_MAX) {
                progress.clear();
                console.err().print(file + ":" + line + ": " + mistake + "\n");
            }
        })) {
            for (Iterator<WarmEntry<String, Object>> each = read.iterator(); each.hasNext(); each.next()) {
                count++;
                progress.add(1);
            }
        } catch (UncheckedIOException broken) {
            wrong.incrementAndGet();
            Throwable cause = broken.getCause() == null ? broken : broken.getCause();
            console.err().print(file + ": Cannot be read on: " + cause.getMessage() + "\n");
        }
        progress.end();
        if (wrong.get() > TOLD_MAX) {
            console.err().print(file + ": And " + (wrong.get() - TOLD_MAX) + " more mistakes\n");
        }
        return wrong.get() > 0 ? -1 : count;
    }

    private static WarmReport warm(
            WarmFile entries,
            long count,
            Cache<String, Object> cache,
            WarmOptions options,
            Progress progress,
            Output output) {
        AtomicLong explained = new AtomicLong();
        progress.begin("warming", count);
        // It was checked: what is wrong now was changed meanwhile.
        WarmReport report = cache.warm(
                entries.entries((line, mistake) -> {}),
                options.progress(sofar -> progress.at(sofar.done())).failures((key, why) -> {
                    if (explained.incrementAndGet() <= EXPLAINED_MAX) {
                        progress.clear();
                        Complaints.note(output.console(), key, "is refused", why);
                    }
                }));
        progress.end();
        return report;
    }

    private static Path copyOfInput(Console console) {
        try {
            Path copy = Files.createTempFile("larder-warm-", "");
            try (Writer writer = Files.newBufferedWriter(copy, StandardCharsets.UTF_8)) {
                console.in().transferTo(writer);
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep what standard input says in a file", e);
        }
    }

    private static void delete(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove '" + copy + "'", e);
        }
    }
}
