package io.larder.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.servers.RedisServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every example and compares what it prints with what its comment promises. */
class ExamplesTest {

    private static final Path SOURCES = Path.of("src/main/java/io/larder/examples");
    private static final int LINES_MAX = 60;

    @ParameterizedTest
    @MethodSource("examples")
    void printsWhatItsCommentSays(String example) throws Exception {
        List<String> source = Files.readAllLines(SOURCES.resolve(example + ".java"));

        String printed;
        if (source.stream().anyMatch(line -> line.contains("redis://localhost"))) {
            try (RedisServer server = RedisServer.start()) {
                printed = run(example, "redis://" + server.address() + "?timeout=1m");
            }
        } else {
            printed = run(example);
        }

        assertThat(printed).isEqualTo(promised(source));
        assertThat(source).hasSizeLessThanOrEqualTo(LINES_MAX);
    }

    static Stream<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files
                    .filter(ExamplesTest::hasMain)
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static boolean hasMain(Path file) {
        try {
            return Files.readString(file).contains("public static void main(");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String promised(List<String> source) {
        return source.stream()
                .dropWhile(line -> !line.contains("<pre>{@code"))
                .skip(1)
                .takeWhile(line -> !line.contains("}</pre>"))
                .map(line -> line.replaceFirst("^ \\* ?", ""))
                .collect(Collectors.joining("\n"));
    }

    private static String run(String example, String... args) throws ReflectiveOperationException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stdout = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Class.forName("io.larder.examples." + example)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) args);
        } finally {
            System.setOut(stdout);
        }
        return printed.toString(StandardCharsets.UTF_8).stripTrailing().replace("\r\n", "\n");
    }
}
