package io.larder.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkTest {

    @TempDir
    private Path folder;

    @Test
    void takesTheNewest() throws IOException {
        Path older = jdk("a", "98.0.1+5-Debian-1");
        Path newer = jdk("b", "99.0.2+7-LTS");

        Jdk found = Jdk.newest(97, List.of(folder.resolve("nothing"), older, newer, folder));

        assertThat(found.home()).isEqualTo(newer);
        assertThat(found.text()).isEqualTo("JDK 99.0.2+7-LTS");
    }

    @Test
    void hereIsOneOfThem() {
        assertThat(Jdk.newest(17, List.of())).isEqualTo(Jdk.here());
    }

    @Test
    void saysWhatIsNeededAndHowToGiveIt() throws IOException {
        Path older = jdk("a", "98.0.1+5");

        assertThatThrownBy(() -> Jdk.newest(99, List.of(older)))
                .hasMessage("Cannot find a JDK 99 or later: none is in /usr/lib/jvm. "
                        + "Set JAVA21_HOME to the folder of one");
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Path program = Files.createFile(home.resolve("bin").resolve("java"));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Some\"\nJAVA_RUNTIME_VERSION=\"" + version + "\"\n");
        return home;
    }
}
