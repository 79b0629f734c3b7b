package io.larder.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerBinaryTest {

    private static final String NOWHERE = "larder-no-such-server";
    private static final Carrier CARRIER =
            new Carrier("org.signal:embedded-redis", "redis/embedded/RedisServer.class", "redis-server");
    private static final Carrier EMPTY = new Carrier("org.example:empty", "no/such/Marker.class", NOWHERE);
    private static final String SETTING = "larder.sample.server";
    private static final String REQUIRE = "larder.require";

    private final String required = System.getProperty(REQUIRE);

    @BeforeEach
    void requireNothing() {
        System.clearProperty(REQUIRE);
    }

    @AfterEach
    void restoreProperties() {
        System.clearProperty(SETTING);
        if (required == null) {
            System.clearProperty(REQUIRE);
        } else {
            System.setProperty(REQUIRE, required);
        }
    }

    @Test
    void settingComesFirst(@TempDir Path folder) throws IOException {
        Path program = Files.createFile(folder.resolve("server"));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        System.setProperty(SETTING, program.toString());

        assertThat(named("java", "0", EMPTY).require()).isEqualTo(program);
    }

    @Test
    void settingThatPointsNowhereIsAnError(@TempDir Path folder) {
        System.setProperty(SETTING, folder.toString());

        assertThatThrownBy(() -> named("java", "0", CARRIER).require())
                .isInstanceOf(ServerException.class)
                .hasMessage("Cannot start sample: '" + folder
                        + "' is no program. Correct -Dlarder.sample.server or LARDER_SAMPLE_SERVER, or leave it out.");
    }

    @Test
    void carriedProgramRunsWhereNoneIsInstalled() throws IOException {
        Path program = named(NOWHERE, "7", CARRIER).require();

        Process asked = new ProcessBuilder(program.toString(), "--version").start();
        assertThat(new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("v=7.0.15");
        assertThat(named(NOWHERE, "7", CARRIER).require()).isEqualTo(program);
    }

    @Test
    void programThatIsTooOldIsPassedOver() {
        System.setProperty(REQUIRE, "sample");

        assertThatThrownBy(() -> named("java", "1000", EMPTY).require()).hasMessageContaining("No java 1000 or later");
    }

    @Test
    void programWithoutAnOptionThatIsNeededWillNotDo() {
        Path program = Path.of(System.getProperty("java.home"), "bin", "java");
        System.setProperty(SETTING, program.toString());
        System.setProperty(REQUIRE, "sample");

        assertThat(named("java", "0", null).require()).isEqualTo(program);
        assertThatThrownBy(() -> named("java", "0", null).require("-Z"))
                .hasMessageContaining("'" + program + "' was built without -Z. Install one with it, or point to one");
    }

    @Test
    void minorVersionsCount() {
        System.setProperty(REQUIRE, "sample");
        String feature = System.getProperty("java.specification.version");

        assertThatThrownBy(() -> named("java", feature + ".1000", null).require())
                .hasMessageContaining(
                        "is on the PATH or in .servers/bin. Install it, or point to one with -Dlarder.sample.server=PATH");
    }

    @Test
    void whatIsNowhereIsSkippedLoudly() {
        PrintStream stderr = System.err;
        ByteArrayOutputStream shouted = new ByteArrayOutputStream();
        System.setErr(new PrintStream(shouted, true, StandardCharsets.UTF_8));
        try {
            assertThatThrownBy(() -> named(NOWHERE, "7", EMPTY).require())
                    .extracting(skip -> skip.getClass().getSimpleName())
                    .isEqualTo("TestAbortedException");
        } finally {
            System.setErr(stderr);
        }

        assertThat(shouted.toString(StandardCharsets.UTF_8))
                .startsWith("SKIPPED, NEEDS SAMPLE: No larder-no-such-server 7 or later is on the PATH")
                .contains("org.example:empty")
                .contains("-Dlarder.sample.server=PATH or LARDER_SAMPLE_SERVER=PATH");
    }

    @Test
    void whatIsRequiredIsNotSkipped() {
        System.setProperty(REQUIRE, "other, sample");

        assertThatThrownBy(() -> named(NOWHERE, "7", EMPTY).require())
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("-Dlarder.require lists 'sample'");
    }

    private static ServerBinary named(String name, String versionMin, @Nullable Carrier carrier) {
        return new ServerBinary("sample", List.of(name), versionMin, carrier);
    }
}
