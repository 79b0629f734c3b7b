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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own: nothing that a library logs gets between its lines. */
class ProgramTest {

    private static final int SECONDS_MAX = 60;
    /** The first JDK that warns of native code, unless allowed by what stands in the jar's manifest or by an option. */
    private static final int JDK_WARNS = 24;

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
    void memoryIsNotHeardEither() throws Exception {
        assertThat(program("get", "a")).isEqualTo(new Cli(Exit.MISS, "", ""));
    }

    private Cli program(String... words) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= JDK_WARNS) {
            line.add("--enable-native-access=ALL-UNNAMED");
        }
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        line.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "LARDER_URL"));
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
