package io.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.servers.RedisServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own: nothing that a library logs gets between its lines. */
class ProgramTest {

    private static final int SECONDS_MAX = 60;
    /** The first JDK that warns of native code, unless allowed by what stands in the jar's manifest or by an option. */
    private static final int JDK_WARNS = 24;

    private static final Pattern NOT_FOR_DISK =
            Pattern.compile(" (io\\.lettuce|io\\.netty|reactor|tools\\.jackson\\.databind|com\\.github|org\\.h2)\\.");

    @TempDir
    Path folder;

    @Test
    void librariesAreNotHeard() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            // A process that starts cold on a busy machine takes its time to connect.
            String url = "redis://" + server.address() + "?connect-timeout=1m&timeout=1m";

            program("--url", url, "set", "a", "1").prints();
            program("--url", url, "get", "a").prints("1");
            server.command("SET", "larder::default:1:e:b", "no frame");
            assertThat(program("--url", url, "get", "b").err().lines()).hasSize(1);
            server.stop();
            Cli refused = program("--url", url, "get", "a");
            assertThat(refused.exit()).isEqualTo(Exit.UNREACHABLE);
            assertThat(refused.err().lines()).hasSize(1);
        }
    }

    @Test
    void backendsInTheProcessAreNotHeardEither() throws Exception {
        assertThat(program("--url", "memory:", "get", "a")).isEqualTo(new Cli(Exit.MISS, "", ""));
        assertThat(program("get", "a")).isEqualTo(new Cli(Exit.MISS, "", ""));
    }

    @Test
    void filesAreFound() throws Exception {
        Path config = Files.writeString(folder.resolve("larder.yaml"), "backends:\n  default: 'memory:'\n");

        program("config", "check", config.toString()).prints("ok");
        program("--config", config.toString(), "keys", "--output", "table").prints("KEY");
    }

    @Test
    void onDiskNothingIsLoadedThatIsNotUsed() throws Exception {
        Path loaded = folder.resolve("loaded");
        assertThat(program("set", "a", "{\"n\":1}").exit()).isZero();

        java(List.of("-Xlog:class+load:file=" + loaded), Main.class, "get", "a").prints("{\"n\":1}");

        assertThat(Files.readAllLines(loaded))
                .anyMatch(line -> line.contains("io.larder.disk."))
                .noneMatch(line -> NOT_FOR_DISK.matcher(line).find());
    }

    @Test
    void aRehearsalLeavesTheLibraryOfTheDriver() throws Exception {
        java(List.of("-Dorg.sqlite.tmpdir=" + folder), Rehearsal.class, folder.toString())
                .prints();

        try (Stream<Path> kept = Files.list(folder.resolve("native"))) {
            assertThat(kept.map(path -> path.getFileName().toString()))
                    .containsExactly(System.mapLibraryName("sqlitejdbc"));
        }
    }

    private Cli program(String... words) throws IOException, InterruptedException {
        return java(List.of(), Main.class, words);
    }

    private Cli java(List<String> options, Class<?> main, String... words) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        line.addAll(options);
        if (Runtime.version().feature() >= JDK_WARNS) {
            line.add("--enable-native-access=ALL-UNNAMED");
        }
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        line.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "LARDER_URL"));
        builder.environment().put("XDG_CACHE_HOME", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS))
                    .as("it ends")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Cli(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
