package io.larder.cli;

import static io.larder.cli.Cli.larder;
import static io.larder.cli.Cli.shell;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What removes many entries asks a person, and wants a script to be explicit. */
class ConfirmationTest {

    @TempDir
    Path folder;

    private Cli person(String answer, String... words) {
        Map<String, String> environment = Map.of("LARDER_URL", "disk:" + folder);
        larder(environment, "", "set", "a", "1", "--tag", "t").prints();
        return larder(true, environment, answer, words);
    }

    private boolean isKept() {
        return larder(Map.of("LARDER_URL", "disk:" + folder), "", "exists", "a").exit() == Exit.DONE;
    }

    @Test
    void clearAsksAPerson() {
        String question = "larder: This will remove every entry of disk:" + folder + ". Go on? [y/N] ";

        assertThat(person("n\n", "clear")).isEqualTo(new Cli(1, "", question));
        assertThat(person("\n", "clear").exit()).isEqualTo(1);
        assertThat(person("", "clear").exit()).isEqualTo(1);
        assertThat(isKept()).isTrue();
        assertThat(person("y\n", "clear")).isEqualTo(new Cli(0, "", question));
        assertThat(isKept()).isFalse();
        person("", "clear", "--yes").prints();
        assertThat(isKept()).isFalse();
    }

    @Test
    void clearWantsAScriptToSaySo() {
        assertThat(larder("clear").refusal()).contains("This would remove every entry of memory:", "'clear --yes'");
        shell("set a 1", "clear --yes", "keys").prints();
    }

    @Test
    void invalidateAsksAPersonOnly() {
        assertThat(person("no\n", "invalidate", "--tag", "t").err()).contains("with tag 't'. Go on? [y/N] ");
        assertThat(person("no\n", "invalidate", "--match", "*").err()).contains("whose key matches '*'. Go on?");
        assertThat(isKept()).isTrue();
        assertThat(person("yes\n", "invalidate", "--tag", "t").out()).isEqualTo("1\n");
        person("", "invalidate", "--tag", "t", "--yes").prints("1");
        shell("set a 1 --tag t", "invalidate --tag t").prints("1");
    }
}
