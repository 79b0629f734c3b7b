package io.larder.cli;

import static io.larder.cli.Cli.larder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionVerbTest {

    private static final int SECONDS_MAX = 30;

    @TempDir
    Path folder;

    private Path script;

    @BeforeEach
    void write() throws IOException {
        Cli cli = larder("completion", "bash");
        assertThat(cli.exit()).isZero();
        script = Files.writeString(folder.resolve("completion"), cli.out());
        String path = System.getenv().getOrDefault("PATH", "");
        assumeTrue(
                Arrays.stream(path.split(File.pathSeparator)).anyMatch(bin -> Files.isExecutable(Path.of(bin, "bash"))),
                "there is no bash on the PATH");
    }

    private List<String> bash(String... words) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        List<String> line = new ArrayList<>(List.of("bash"));
        line.addAll(List.of(words));
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> printed = Files.readAllLines(out, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("%s", printed).isZero();
        return printed;
    }

    /** Returns what bash offers for the last of {@code words}. */
    private List<String> offered(String... words) throws IOException, InterruptedException {
        String typed = "larder " + String.join(" ", words);
        return bash(
                "-c",
                "source '" + script + "'; COMP_WORDS=(" + typed + (words[words.length - 1].isEmpty() ? "''" : "")
                        + "); COMP_CWORD=" + words.length + "; COMP_LINE='" + typed + "'; COMP_POINT=" + typed.length()
                        + "; _complete_larder 2>/dev/null; printf '%s\\n' \"${COMPREPLY[@]}\"");
    }

    @Test
    void theScriptIsOne() throws Exception {
        assertThat(bash("-n", script.toString())).isEmpty();
        assertThat(larder("completion", "zsh").out()).contains("bashcompinit").isEqualTo(Files.readString(script));
    }

    @Test
    void verbsAndOptionsAreOffered() throws Exception {
        assertThat(offered("se")).containsExactlyInAnyOrder("set", "search");
        assertThat(offered("search", "--val")).containsExactly("--values");
        assertThat(offered("keys", "--out")).containsExactly("--output");
        assertThat(offered("keys", "--output", "")).containsExactlyInAnyOrder("table", "json", "csv");
        assertThat(offered("completion", "")).contains("bash", "zsh");
    }
}
