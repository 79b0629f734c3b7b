package io.larder.bench.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.bench.rounds.Results;
import io.larder.bench.start.app.ProcessMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartsTest {

    @TempDir
    Path folder;

    @Test
    void startsEachCommandAndSeesItsMemory() throws IOException {
        Results<String, Command, Start> results = new CommandStarts(program("exit 0")).run(1);

        for (Command command : Command.values()) {
            assertThat(results.spread(CommandStarts.CELL, command, Start::millis)
                            .median())
                    .isPositive();
        }
        assertThat(results.spread(CommandStarts.CELL, Command.JVM, Start::processMebibytes)
                        .median())
                .isGreaterThan(1);
    }

    @Test
    void failsWithACommandThatFails() throws IOException {
        CommandStarts starts = new CommandStarts(program("exit 3"));

        assertThatThrownBy(() -> starts.run(1))
                .isInstanceOf(UncheckedIOException.class)
                .rootCause()
                .hasMessageContaining("ended with 3");
    }

    @Test
    void knowsNoMemoryOfAProcessThatIsNotThere() {
        assertThat(ProcessMemory.bytes("self", ProcessMemory.MOST))
                .isGreaterThanOrEqualTo(ProcessMemory.bytes("self", ProcessMemory.NOW) / 2);
        assertThat(ProcessMemory.bytes("0", ProcessMemory.NOW)).isNaN();
    }

    @Test
    void namesEachSetInAPomOfItsOwn() throws IOException {
        Path made = folder.resolve("benchmarks").resolve("target").resolve("start");

        new ClassPaths(folder, made, "1.2")
                .write(Map.of("LARDER_REDIS", List.of("io.larder:a", "org.b:b:${b.version}")));

        assertThat(made.resolve("pom.xml"))
                .content()
                .contains("<module>../../..</module>", "<module>start-larder-redis</module>");
        assertThat(made.resolve("start-larder-redis").resolve("pom.xml"))
                .content()
                .contains("<version>1.2</version>", "<relativePath>../../../../pom.xml</relativePath>")
                .contains("<artifactId>a</artifactId>\n    </dependency>")
                .contains("<artifactId>b</artifactId>\n      <version>${b.version}</version>\n    </dependency>");
    }

    @Test
    void asksForEverySetAndApplication() {
        assertThat(StartSuite.dependencies()).hasSize(JarSet.values().length + AppKind.values().length);
    }

    private Path program(String line) throws IOException {
        Path program = Files.writeString(folder.resolve("larder"), "#!/bin/sh\n" + line + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }
}
