package io.larder.cli;

import static io.larder.cli.Cli.larder;
import static io.larder.cli.Cli.shell;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchVerbTest {

    private static final String[] FILLED = {
        "set user:john {\"name\":\"John\",\"city\":\"Bremen\"}",
        "set user:johanna {\"name\":\"Johanna\",\"city\":\"Berlin\"}",
        "set order:7 {\"by\":\"smith\"}",
        "set John 1"
    };

    private static Cli search(String words) {
        return shell(FILLED[0], FILLED[1], FILLED[2], FILLED[3], "search " + words);
    }

    @Test
    void theBestComesFirst() {
        search("john").prints("100\tJohn", "99\tuser:john", "88\tuser:johanna");
    }

    @Test
    void whatIsMistypedIsFound() {
        assertThat(search("jonh --limit 2").lines()).containsExactly("91\tJohn", "91\tuser:john");
        assertThat(search("'ordre 7'").lines()).containsExactly("96\torder:7");
        assertThat(search("xyz").err()).isEqualTo("(miss)\n");
        assertThat(search("jonh --min 92").err()).isEqualTo("(miss)\n");
    }

    @Test
    void valuesAreSearchedWhenThatIsWanted() {
        assertThat(search("smyth").out()).isEmpty();
        assertThat(search("smyth --values").lines()).containsExactly("88\torder:7\tvalue\t{\"by\":\"smith\"}");
        assertThat(search("--values order").lines()).containsExactly("99\torder:7\tkey\t{\"by\":\"smith\"}");
    }

    @Test
    void aPatternLimitsIt() {
        search("john --match 'user:*' --limit 1").prints("99\tuser:john");
    }

    @Test
    void hitsArePrintedForPrograms() {
        assertThat(search("john --json --limit 1").out()).isEqualTo("{\"score\":100,\"key\":\"John\"}\n");
        assertThat(search("smith --values --output csv").out())
                .isEqualTo("score,key,in,value\r\n99,order:7,value,\"{\"\"by\"\":\"\"smith\"\"}\"\r\n");
    }

    @Test
    void nothingFoundExitsWith1() {
        assertThat(larder("search", "a")).isEqualTo(new Cli(1, "", ""));
    }

    @Test
    void aPersonSeesHowFarItIs() {
        Cli cli = larder(true, Map.of(), "set a 1\nsearch a\n", "shell");

        assertThat(cli.err()).contains("\rsearching: 1").endsWith("\r");
    }
}
