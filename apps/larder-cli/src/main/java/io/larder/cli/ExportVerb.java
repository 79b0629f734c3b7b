package io.larder.cli;

import io.larder.spi.Backend;
import io.larder.spi.DamagedEntry;
import io.larder.spi.KeyPattern;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Pages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Writes a cache to a file. Not a {@link Verb}: it takes values as bytes. */
@Command(
        name = "export",
        description = {
            "Writes the entries of a cache, one a line, as JSON: key, value, deadlines and tags. 'import' reads them.",
            "A value that is stored as JSON is written as that, any other as its bytes in Base64 with the name of its codec."
                    + " Lines are written as entries are read, so that a cache may be larger than memory; what changes"
                    + " meanwhile may or may not be in it.",
            "A file is complete or not there; then the counts are printed. Exit 1 if some could not be read."
        },
        footer = {
            "Examples:",
            "  larder export users.jsonl --cache users",
            "  larder --url redis://host export - --match 'user:*' | gzip > users.gz",
            "  larder export - | jq -r 'select(.tags | index(\"team:7\")?) .key'"
        })
final class ExportVerb implements Callable<Integer> {

    @ParentCommand
    LarderCommand larder;

    @Parameters(paramLabel = "FILE", description = "The file to write; '-' is standard output.")
    String file;

    @Mixin
    final MatchOption match = new MatchOption();

    private long exported;
    private long unreadable;

    @Override
    public Integer call() {
        KeyPattern pattern = match.pattern();
        Output output = larder.output();
        try (RawSession session = RawSession.open(larder.whereabouts(), larder.namespace)) {
            if (file.equals("-")) {
                write(session, pattern, output.console().out(), null);
                output.console().flush();
                complainOfUnreadable(output.console());
            } else {
                writeFile(session, pattern, output);
                print(output);
            }
            return unreadable == 0 ? Exit.DONE : Exit.MISS;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write '" + file + "'", e);
        }
    }

    private void writeFile(RawSession session, KeyPattern pattern, Output output) throws IOException {
        Path target = Path.of(file);
        Path part = Path.of(file + ".part");
        try {
            try (Writer writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
                write(session, pattern, writer, new Progress(output.console()));
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void write(RawSession session, KeyPattern pattern, Writer writer, @Nullable Progress progress)
            throws IOException {
        Backend<String, byte[]> entries = session.entries();
        if (progress != null) {
            progress.begin("exporting", entries, pattern);
        }
        Pages<KeyedEntry<String, byte[]>> pages = entries.entries(pattern);
        for (List<KeyedEntry<String, byte[]>> page = pages.next().join();
                !page.isEmpty() && (progress != null || !larder.console().isCut());
                page = pages.next().join()) {
            for (KeyedEntry<String, byte[]> keyed : page) {
                if (keyed.entry() instanceof DamagedEntry) {
                    unreadable++;
                } else {
                    writer.write(ExportLine.of(keyed.key(), keyed.entry(), session.codec()) + "\n");
                    exported++;
                }
            }
            if (progress != null) {
                progress.add(page.size());
            }
        }
        if (progress != null) {
            progress.end();
        }
    }

    private void complainOfUnreadable(Console console) {
        if (unreadable > 0) {
            console.err().print("larder: " + unreadable + " entries could not be read and are left out\n");
        }
    }

    private void print(Output output) {
        Map<String, @Nullable Object> counts = new LinkedHashMap<>();
        counts.put("exported", exported);
        counts.put("unreadable", unreadable);
        output.fields(counts);
    }
}
