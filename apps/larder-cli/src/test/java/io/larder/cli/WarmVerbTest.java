package io.larder.cli;

import static io.larder.cli.Cli.larder;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmVerbTest {

    private static final String[] STORED = {
        "a\t{\"n\":1}\t1h\tx,y", "b\t\"two words\"\tnever\t", "c\tnull\tnever\t", "d\t5\tnever\tz"
    };

    @TempDir
    Path folder;

    private String url;

    @BeforeEach
    void nameFolder() {
        url = "disk:" + folder.resolve("cache");
    }

    private Cli at(String... words) {
        List<String> all = new ArrayList<>(List.of("--url", url));
        all.addAll(List.of(words));
        Cli cli = larder(all.toArray(String[]::new));
        return new Cli(cli.exit(), cli.out(), cli.err().replace(folder + "/", ""));
    }

    private String file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n")
                .toString();
    }

    private static Cli counts(int exit, long stored, long skipped, long failed) {
        return new Cli(exit, "stored   " + stored + "\nskipped  " + skipped + "\nfailed   " + failed + "\n", "");
    }

    private void checkStored() {
        List<String> lines = at("entries").lines().stream()
                .map(line -> line.replaceAll("59m5\\ds", "1h"))
                .toList();
        assertThat(lines).containsExactlyInAnyOrder(STORED);
    }

    @Test
    void jsonLinesAreStored() throws IOException {
        String file = file(
                "a.jsonl",
                "{\"key\":\"a\",\"value\":{\"n\":1},\"ttl\":\"1h\",\"tags\":[\"x\",\"y\"]}",
                "{\"key\":\"b\",\"value\":\"two words\"}",
                "",
                "{\"key\":\"c\",\"value\":null}",
                "{\"key\":\"d\",\"value\":5,\"tags\":\"z\"}");

        assertThat(at("warm", file)).isEqualTo(counts(0, 4, 0, 0));

        checkStored();
    }

    @Test
    void csvIsStored() throws IOException {
        String file = file(
                "a.csv",
                "\uFEFFkey,value,ttl,tags",
                "a,\"{\"\"n\"\":1}\",1h,\"x,y\"",
                "b,two words,,",
                "c,null,never,",
                "d,5,,\"[\"\"z\"\"]\"");

        assertThat(at("warm", file)).isEqualTo(counts(0, 4, 0, 0));

        checkStored();
    }

    @Test
    void yamlIsStored() throws IOException {
        String file = file(
                "a.yaml",
                "- key: a",
                "  value: {n: 1}",
                "  ttl: 1h",
                "  tags: [x, y]",
                "- {key: b, value: two words}",
                "- {key: c, value: null}",
                "- {key: d, value: 5, tags: z}");

        assertThat(at("warm", file)).isEqualTo(counts(0, 4, 0, 0));

        checkStored();
    }

    @Test
    void standardInputIsStored() {
        assertThat(larder(Map.of("LARDER_URL", url), "key,value\na,1\n", "warm", "-", "--format", "csv"))
                .isEqualTo(counts(0, 1, 0, 0));
        at("get", "a").prints("1");
    }

    @Test
    void optionsAreForThoseWithoutTheirOwn() throws IOException {
        String file = file("a.csv", "key,value,ttl", "a,1,never", "b,2,");

        at("warm", file, "--ttl", "1h", "--tag", "t");

        assertThat(at("entries", "--tag", "t").lines())
                .anyMatch(line -> line.equals("a\t1\tnever\tt"))
                .anyMatch(line -> line.matches("b\t2\t(1h|59m5\\ds)\tt"));
    }

    @Test
    void whatIsThereStaysUnlessItIsToBeReplaced() throws IOException {
        at("set", "a", "old");
        String file = file("a.jsonl", "{\"key\":\"a\",\"value\":\"new\"}");

        assertThat(at("warm", file)).isEqualTo(counts(0, 0, 1, 0));
        at("get", "a").prints("old");
        assertThat(at("warm", file, "--overwrite")).isEqualTo(counts(0, 1, 0, 0));
        at("get", "a").prints("new");
    }

    @Test
    void allWrongLinesAreToldAndNothingIsStored() throws IOException {
        String json = file(
                "a.jsonl",
                "{\"key\":\"a\",\"value\":1}",
                "{\"key\":\"b\"",
                "{\"key\":\"c\",\"value\":1,\"tll\":\"1h\"}",
                "{\"key\":\"d\",\"value\":1,\"ttl\":\"5\"}",
                "{\"value\":1}",
                "{\"key\":\"f\"}",
                "[1]",
                "{\"key\":\"g\",\"value\":1,\"tags\":[[]]}");

        Cli cli = at("warm", json);

        assertThat(cli.exit()).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo(
                                        "a.jsonl:2: Cannot read 10 bytes as JSON: they are none, or more than one value"),
                        line -> assertThat(line).startsWith("a.jsonl:3: Unknown field 'tll'. Did you mean 'ttl'?"),
                        line -> assertThat(line).startsWith("a.jsonl:4: 'ttl' must be a duration with a unit"),
                        line -> assertThat(line).isEqualTo("a.jsonl:5: 'key' must be a text, and is missing"),
                        line -> assertThat(line).startsWith("a.jsonl:6: 'value' is missing."),
                        line -> assertThat(line).startsWith("a.jsonl:7: Expected an object"),
                        line -> assertThat(line).isEqualTo("a.jsonl:8: 'tags' must be texts"));
        at("keys").prints();
    }

    @Test
    void aFileThatIsWrongAsAWholeIsNotToldLineByLine() throws IOException {
        Cli cli = at("warm", file("a.jsonl", "no\n".repeat(1_000)));

        assertThat(cli.err().lines()).hasSize(101).endsWith("a.jsonl: And 900 more mistakes");
    }

    @Test
    void wrongCsvAndYamlAreToldToo() throws IOException {
        assertThat(at("warm", file("a.csv", "key,valu", "a,1")).err())
                .startsWith("a.csv:1: Unknown column 'valu'. Did you mean 'value'?");
        assertThat(at("warm", file("b.csv", "key,value", "a,1,2")).err())
                .isEqualTo("b.csv:2: There are 3 cells, and 2 columns\n");
        assertThat(at("warm", file("c.csv", "key,value", "a,\"1\"2")).err()).startsWith("c.csv: Cannot be read on: ");
        assertThat(at("warm", file("a.yaml", "- {key: a, value: 1}", "- {key: b, valu: 1}", "- c"))
                        .err()
                        .lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("a.yaml:2: Unknown field 'valu'. Did you mean 'value'?"),
                        line -> assertThat(line).startsWith("a.yaml:3: Expected 'key' and 'value'"));
        assertThat(at("warm", file("b.yaml", "key: a")).err()).startsWith("b.yaml:1: Expected a list");
        assertThat(at("warm", file("c.yaml", "- {key: a")).err()).startsWith("c.yaml:2: This is no YAML: ");
        assertThat(at("warm", file("a.txt", "a")).refusal()).contains("Cannot tell what is in a file of kind 'txt'.");
    }

    @Test
    void aDryRunStoresNothing() throws IOException {
        assertThat(at("warm", file("a.csv", "key,value", "a,1"), "--dry-run")).isEqualTo(counts(0, 0, 1, 0));
        at("keys").prints();
    }

    @Test
    void whatIsRefusedIsTold() throws IOException {
        url += "?max-value=20B";

        Cli cli = at("warm", file("a.csv", "key,value", "a,1", "large,more than twenty bytes"));

        assertThat(cli.exit()).isEqualTo(1);
        assertThat(cli.out()).isEqualTo(counts(1, 1, 0, 1).out());
        assertThat(cli.err().lines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("larder: 'large' is refused: "));
    }

    @Test
    void aPersonSeesABar() throws IOException {
        Cli cli = larder(true, Map.of(), "", "--url", url, "warm", file("a.csv", "key,value", "a,1", "b,2"));

        assertThat(cli.err()).contains("\rchecking: 1").contains("] 100 % of 2").endsWith("\r");
    }
}
