package io.larder.cli;

import io.larder.LarderException;
import io.larder.spi.Entry;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Reads a cache from a file. Not a {@link Verb}: it stores values as bytes. */
@Command(
        name = "import",
        description = {
            "Stores the entries that 'export' wrote, with their deadlines and tags, and prints how many there were of each kind.",
            "What has ended since it was exported counts as gone. What the cache has alike is skipped, so a run that was ended"
                    + " is just repeated. An entry that it has with another value stays, unless --overwrite is given.",
            "Lines are stored as they are read. One that is wrong is told, with its number, and the rest goes on. Exit 1 if"
                    + " some were wrong, or the backend refused some."
        },
        footer = {
            "Examples:",
            "  larder import users.jsonl --cache users",
            "  gunzip < users.gz | larder --url redis://host import - --overwrite"
        })
final class ImportVerb implements Callable<Integer> {

    /** How many entries are stored together. */
    private static final int PAGE = 500;
    /** How many wrong lines are told; of more there is only the count. */
    private static final int TOLD_MAX = 10;

    @ParentCommand
    LarderCommand larder;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file to read; '-' is standard input.")
    String file;

    @Option(names = "--overwrite", description = "Replace what the cache has with another value, ttl or tags.")
    boolean overwrite;

    @Override
    public Integer call() {
        if (!file.equals("-") && !Files.isReadable(Path.of(file))) {
            throw new ParameterException(spec.commandLine(), "Cannot read '" + file + "'. Name a file that is there.");
        }
        Progress progress = new Progress(larder.console());
        try (RawSession session = RawSession.open(larder.whereabouts(), larder.namespace)) {
            Arrivals arrivals = new Arrivals(session.entries(), larder.console(), progress);
            arrivals.counting(Fate.COPIED, Fate.WRONG);
            progress.begin("importing");
            if (file.equals("-")) {
                read(larder.console().in(), session.codec(), arrivals, progress);
            } else {
                try (BufferedReader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
                    read(reader, session.codec(), arrivals, progress);
                }
            }
            progress.end();
            larder.output().fields(arrivals.counts());
            return arrivals.count(Fate.WRONG) + arrivals.count(Fate.REFUSED) == 0 ? Exit.DONE : Exit.MISS;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read '" + file + "'", e);
        }
    }

    private void read(BufferedReader reader, String codec, Arrivals arrivals, Progress progress) throws IOException {
        Map<String, Entry<byte[]>> page = new LinkedHashMap<>();
        long number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (!line.isBlank()) {
                take(line, number, codec, page, arrivals, progress);
            }
            if (page.size() == PAGE) {
                store(page, arrivals);
                progress.at(number);
            }
        }
        store(page, arrivals);
    }

    @SuppressWarnings("checkstyle:Clock") // the deadlines of a file are times of day
    private void take(
            String line,
            long number,
            String codec,
            Map<String, Entry<byte[]>> page,
            Arrivals arrivals,
            Progress progress) {
        try {
            KeyedEntry<String, byte[]> read = ExportLine.read(line, codec);
            if (read.entry().lifetime().isOver(Instant.now().toEpochMilli())) {
                arrivals.tell(Fate.GONE);
            } else {
                page.put(read.key(), read.entry());
            }
        } catch (LarderException | IllegalArgumentException wrong) {
            arrivals.tell(Fate.WRONG);
            if (arrivals.count(Fate.WRONG) <= TOLD_MAX) {
                progress.clear();
                larder.console().err().print(file + ":" + number + ": " + wrong.getMessage() + "\n");
            }
        }
    }

    private void store(Map<String, Entry<byte[]>> page, Arrivals arrivals) {
        if (!page.isEmpty()) {
            arrivals.copy(page, keys -> Reply.ready(page), overwrite);
            page.clear();
        }
    }
}
