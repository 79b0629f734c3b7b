package io.larder.cli;

import static io.larder.cli.Cli.larder;
import static io.larder.cli.Cli.shell;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The formats of what prints more than one value. */
class OutputTest {

    private static Cli filled(String... more) {
        StringBuilder lines =
                new StringBuilder("set a {\"n\":1} --ttl 1h --tag x --tag y\nset 'b,\"c' '\"5\"'\nset d text\n");
        for (String line : more) {
            lines.append(line).append('\n');
        }
        return larder(Map.of(), lines.toString(), "shell");
    }

    @Test
    void aTableHasHeadingsAndColumns() {
        assertThat(filled("entries --output table").lines())
                .startsWith("KEY   VALUE    TTL    TAGS")
                .contains("a     {\"n\":1}  1h     x,y", "b,\"c  \"5\"      never", "d     \"text\"   never")
                .hasSize(4);
        assertThat(filled("keys d --output table").lines()).containsExactly("KEY", "d");
        assertThat(shell("keys --output table").lines()).containsExactly("KEY");
    }

    @Test
    void aTableThatIsTooLongIsNotHeldInMemory() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1_200; i++) {
            lines.append("set key").append(i).append(" 1\n");
        }
        assertThat(larder(Map.of(), lines + "keys --output table\n", "shell").lines())
                .hasSize(1_201)
                .startsWith("KEY");
    }

    @Test
    void csvIsAsRfc4180HasIt() {
        assertThat(filled("entries --output csv").out())
                .startsWith("key,value,ttlMillis,ageMillis,tags,stale\r\n")
                .containsPattern("\r\na,\"\\{\"\"n\"\":1}\",3\\d{6},\\d+,\"x,y\",false\r\n")
                .containsPattern("\r\n\"b,\"\"c\",5,,\\d+,,false\r\n")
                .containsPattern("\r\nd,text,,\\d+,,false\r\n");
        assertThat(filled("keys d --output csv").out()).isEqualTo("key\r\nd\r\n");
    }

    @Test
    void recordsAreRowsInCsv() {
        assertThat(shell("set a 1", "find a --output csv").out())
                .matches("key,value,ttlMillis,ageMillis,tags,stale\r\na,1,,\\d+,,false\r\n");
        assertThat(shell("stats --output csv").out()).startsWith("url,entries,");
        assertThat(larder("ping", "--output", "csv").out()).matches("millis,url\r\n[0-9.E-]+,memory:\r\n");
        assertThat(larder("ping", "--output", "table").out()).matches("millis  \\d+\\.\\d\\d\nurl     memory:\n");
    }

    @Test
    void jsonHasTwoNames() {
        assertThat(filled("keys d --output json").out()).isEqualTo("\"d\"\n");
        assertThat(larder(Map.of(), "set a x\nget a\n", "--output", "json", "shell")
                        .out())
                .isEqualTo("\"x\"\n");
    }

    @Test
    void coloursAreForPeopleWhoWantThem() {
        assertThat(larder(true, Map.of("NO_COLOR", "1"), "", "--help").out()).doesNotContain("\u001B");
        assertThat(larder("--help").out()).doesNotContain("\u001B");
    }
}
