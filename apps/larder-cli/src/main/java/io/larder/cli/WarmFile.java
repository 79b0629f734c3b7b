package io.larder.cli;

import io.larder.ConfigException;
import io.larder.LarderException;
import io.larder.WarmEntry;
import io.larder.url.Nearest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** A file of entries to warm a cache with. JSON lines and CSV are read as they are needed, YAML as a whole. */
final class WarmFile {

    /** Of YAML, which is held in memory. */
    private static final int YAML_CHARS_MAX = 100_000_000;

    private final Path path;
    private final Kind kind;

    /** What is in it. */
    enum Kind {
        YAML,
        JSONL,
        CSV;

        private List<String> endings() {
            return switch (this) {
                case YAML -> List.of("yaml", "yml");
                case JSONL -> List.of("jsonl", "ndjson");
                case CSV -> List.of("csv");
            };
        }

        /** Returns the kind of this name, or of a file whose name ends like that. */
        static Kind of(String ending) {
            for (Kind kind : values()) {
                if (kind.endings().contains(ending.toLowerCase(Locale.ROOT))) {
                    return kind;
                }
            }
            List<String> known =
                    Stream.of(values()).flatMap(kind -> kind.endings().stream()).toList();
            throw new ConfigException("Cannot tell what is in a file of kind '" + ending + "'."
                    + Nearest.hint(ending, known) + " Say so by --format");
        }
    }

    /** Is told what is wrong, with the number of the line. */
    interface Mistakes {
        void add(long line, String mistake);
    }

    private interface Fields {
        @Nullable
        Map<?, ?> read();
    }

    WarmFile(Path path, Kind kind) {
        this.path = path;
        this.kind = kind;
    }

    /** Returns the entries that are right; what is wrong is told as they are read. To be closed. */
    Stream<WarmEntry<String, Object>> entries(Mistakes mistakes) {
        try {
            BufferedReader reader = withoutMark(Files.newBufferedReader(path, StandardCharsets.UTF_8));
            Stream<Optional<WarmEntry<String, Object>>> read = switch (kind) {
                case YAML -> yaml(reader, mistakes);
                case JSONL -> jsonLines(reader, mistakes);
                case CSV -> csv(reader, mistakes);
            };
            return read.flatMap(Optional::stream).onClose(() -> close(reader));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read '" + path + "'", e);
        }
    }

    /** Passes by the mark that some programs put in front of UTF-8. */
    private static BufferedReader withoutMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    private static void close(BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close a file", e);
        }
    }

    private static Optional<WarmEntry<String, Object>> entry(long line, Mistakes mistakes, Fields fields) {
        try {
            Map<?, ?> read = fields.read();
            return read == null ? Optional.empty() : Optional.of(WarmRecord.entry(read));
        } catch (LarderException | IllegalArgumentException wrong) {
            mistakes.add(line, String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private static Stream<Optional<WarmEntry<String, Object>>> jsonLines(BufferedReader reader, Mistakes mistakes) {
        AtomicInteger number = new AtomicInteger();
        return reader.lines()
                .map(line -> entry(number.incrementAndGet(), mistakes, () -> {
                    if (line.isBlank()) {
                        return null;
                    }
                    Object read = JsonText.read(line.getBytes(StandardCharsets.UTF_8));
                    if (read instanceof Map<?, ?> fields) {
                        return fields;
                    }
                    throw new ConfigException("Expected an object such as {\"key\":\"a\",\"value\":1}");
                }));
    }

    private static Stream<Optional<WarmEntry<String, Object>>> csv(BufferedReader reader, Mistakes mistakes)
            throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .get();
        CSVParser parser = format.parse(reader);
        List<String> unknown = parser.getHeaderNames().stream()
                .filter(name -> !WarmRecord.FIELDS.contains(name))
                .toList();
        unknown.forEach(
                name -> mistakes.add(1, "Unknown column '" + name + "'." + Nearest.hint(name, WarmRecord.FIELDS)));
        if (!unknown.isEmpty()) {
            return Stream.empty();
        }
        Stream<CSVRecord> records = StreamSupport.stream(parser.spliterator(), false);
        return records.map(record -> entry(parser.getCurrentLineNumber(), mistakes, () -> fields(record)));
    }

    private static Map<String, @Nullable Object> fields(CSVRecord record) {
        if (!record.isConsistent()) {
            throw new ConfigException("There are " + record.size() + " cells, and "
                    + record.getParser().getHeaderNames().size() + " columns");
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        record.toMap().forEach((name, cell) -> {
            if (name.equals("value")) {
                fields.put(name, JsonText.valueOf(cell));
            } else if (name.equals("tags")) {
                fields.put(name, cell.startsWith("[") ? JsonText.valueOf(cell) : cell);
            } else if (!cell.isEmpty() || name.equals("key")) {
                fields.put(name, cell);
            }
        });
        return fields;
    }

    private static Stream<Optional<WarmEntry<String, Object>>> yaml(BufferedReader reader, Mistakes mistakes) {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(YAML_CHARS_MAX).build();
        try {
            Composer composer = new Composer(settings, new ParserImpl(settings, new StreamReader(settings, reader)));
            Node root = composer.getSingleNode().orElse(null);
            if (root instanceof SequenceNode list) {
                return list.getValue().stream()
                        .map(item -> entry(line(item.getStartMark()), mistakes, () -> fields(settings, item)));
            }
            mistakes.add(root == null ? 1 : line(root.getStartMark()), "Expected a list: '- key: …' and so on");
        } catch (MarkedYamlEngineException e) {
            // The whole message would quote the file.
            mistakes.add(line(e.getProblemMark()), "This is no YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            mistakes.add(1, "This is no YAML: " + e.getMessage());
        }
        return Stream.empty();
    }

    private static Map<?, ?> fields(LoadSettings settings, Node item) {
        // Of the types of JSON only: nothing is made of what a tag says.
        Object read = new StandardConstructor(settings).constructSingleDocument(Optional.of(item));
        if (read instanceof Map<?, ?> fields) {
            return fields;
        }
        throw new ConfigException("Expected 'key' and 'value', and perhaps 'ttl' and 'tags'");
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1;
    }
}
