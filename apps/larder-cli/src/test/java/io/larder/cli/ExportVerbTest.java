package io.larder.cli;

import static io.larder.cli.Cli.larder;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Larder;
import io.larder.spi.Backend;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import io.larder.spi.PutMode;
import io.larder.testkit.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is exported can be imported, anywhere. */
class ExportVerbTest {

    private static final long CREATED_MILLIS =
            Instant.parse("2026-01-31T12:00:00.123Z").toEpochMilli();
    private static final long UNTIL_MILLIS =
            Instant.parse("2100-01-31T12:00:00.456Z").toEpochMilli();

    @TempDir
    Path folder;

    private String source;
    private String target;
    private String file;

    @BeforeEach
    void nameFolders() {
        source = "disk:" + folder.resolve("source");
        target = "disk:" + folder.resolve("target");
        file = folder.resolve("export.jsonl").toString();
    }

    private Cli at(String url, String... words) {
        List<String> all = new ArrayList<>(List.of("--url", url));
        all.addAll(List.of(words));
        Cli cli = larder(all.toArray(String[]::new));
        return new Cli(cli.exit(), cli.out(), cli.err().replace(folder + "/", ""));
    }

    private static String imported(String... shown) {
        Map<String, String> counts = new LinkedHashMap<>();
        for (String fate :
                List.of("copied", "equal", "kept", "invalidated", "gone", "unreadable", "refused", "wrong")) {
            counts.put(fate, "0");
        }
        for (String pair : shown) {
            int equals = pair.indexOf('=');
            counts.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return String.join("\n", Columns.aligned(counts)) + "\n";
    }

    @Test
    void ttlTagsNothingAndCountersComeBack() {
        at(source, "set", "a", "{\"n\": [1, 2.50, null], \"s\": \"schön\"}", "--ttl", "1h", "--tag", "t", "--tag", "u");
        at(source, "set", "b", "text");
        at(source, "set", "nothing", "null");
        at(source, "incr", "visits", "--by", "41");

        assertThat(at(source, "export", file)).isEqualTo(new Cli(0, "exported    4\nunreadable  0\n", ""));
        assertThat(at(target, "import", file)).isEqualTo(new Cli(0, imported("copied=4"), ""));

        assertThat(at(target, "entries", "a").out())
                .matches("a\t\\{\"n\":\\[1,2.50,null\\],\"s\":\"schön\"}\t(1h|59m5\\ds)\tt,u\n");
        at(target, "get", "b").prints("text");
        at(target, "get", "nothing").prints("null");
        at(target, "incr", "visits").prints("42");
        assertThat(at(target, "import", file)).isEqualTo(new Cli(0, imported("equal=3", "kept=1"), ""));
        assertThat(at(target, "import", file, "--overwrite").out()).isEqualTo(imported("copied=1", "equal=3"));
    }

    @Test
    void whatIsNoJsonComesBackByteForByte() {
        long seed = Long.getLong("larder.seed", new Random().nextInt(Integer.MAX_VALUE));
        byte[] bytes = new byte[1_000];
        new Random(seed).nextBytes(bytes);
        source += "?codec=bytes";
        target += "?codec=bytes";
        try (Larder larder = Larder.open(source)) {
            Entry<byte[]> entry =
                    new Entry<>(bytes, new Lifetime(CREATED_MILLIS, UNTIL_MILLIS, UNTIL_MILLIS + 60_000), Set.of("t"));
            entries(larder).put("a", entry, PutMode.ALWAYS).join();
        }

        at(source, "export", file);
        assertThat(at(target, "import", file).out()).isEqualTo(imported("copied=1"));

        try (Larder larder = Larder.open(target)) {
            Entry<byte[]> read = Objects.requireNonNull(entries(larder).get("a").join());
            assertThat(read.value()).as("-Dlarder.seed=%d", seed).isEqualTo(bytes);
            assertThat(read.lifetime()).isEqualTo(new Lifetime(CREATED_MILLIS, UNTIL_MILLIS, UNTIL_MILLIS + 60_000));
            assertThat(read.tags()).containsExactly("t");
        }
    }

    private static Backend<String, byte[]> entries(Larder larder) {
        return larder.cache(Session.CACHE, String.class, byte[].class).bytes();
    }

    @Test
    void aLineSaysWhatThereIs() throws IOException {
        at(source, "set", "a", "{\"n\":1}", "--tag", "t");

        at(source, "export", file);

        assertThat(Files.readString(Path.of(file)))
                .matches("\\{\"key\":\"a\",\"value\":\\{\"n\":1},\"created\":\"[-0-9T:.]+Z\",\"tags\":\\[\"t\"]}\n");
    }

    @Test
    void standardOutputAndInputWillDo() {
        at(source, "set", "a", "1");
        at(source, "set", "user:b", "2");

        Cli exported = at(source, "export", "-", "--match", "user:*");

        assertThat(exported.exit()).isZero();
        assertThat(exported.lines()).hasSize(1);
        assertThat(larder(Map.of("LARDER_URL", target), exported.out(), "import", "-")
                        .out())
                .isEqualTo(imported("copied=1"));
        at(target, "get", "user:b").prints("2");
    }

    @Test
    void wrongLinesAreToldAndTheRestIsStored() throws IOException {
        Files.writeString(Path.of(file), """
                {"key":"a","value":1}
                {"key":"b","val

                {"key":"c","value":1,"freshUntil":"2020-01-01T00:00:00Z"}
                {"key":"d","bytes":"AAAA","codec":"msgpack"}
                {"key":"e","value":1,"freshUntil":"soon"}
                {"key":"f","valu":1}
                {"key":"g"}
                {"key":"h","value":2}
                """);

        Cli cli = at(target, "import", file);

        assertThat(cli.exit()).isEqualTo(1);
        assertThat(cli.out()).isEqualTo(imported("copied=2", "gone=1", "wrong=5"));
        assertThat(cli.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("export.jsonl:2: Cannot read 15 bytes as JSON"),
                        line -> assertThat(line)
                                .isEqualTo("export.jsonl:5: It was written by the codec 'msgpack', and the cache's is"
                                        + " 'json'. Name the same one in the URL"),
                        line -> assertThat(line).startsWith("export.jsonl:6: 'freshUntil' must be a time such as"),
                        line -> assertThat(line)
                                .startsWith("export.jsonl:7: Unknown field 'valu'. Did you mean 'value'?"),
                        line -> assertThat(line).isEqualTo("export.jsonl:8: It takes one of 'value' and 'bytes'"));
        assertThat(at(target, "keys").lines()).containsExactlyInAnyOrder("a", "h");
    }

    @Test
    void aServerIsExportedAndWhatIsNoFrameIsLeftOut() {
        try (RedisServer redis = RedisServer.start()) {
            String url = "redis://" + redis.address();
            at(url, "set", "a", "1", "--tag", "t");
            redis.command("SET", "larder::default:1:e:b", "written by somebody else");

            assertThat(at(url, "export", file)).isEqualTo(new Cli(1, "exported    1\nunreadable  1\n", ""));
            assertThat(at(target, "import", file).out()).isEqualTo(imported("copied=1"));
        }
    }

    @Test
    void aPersonSeesABar() {
        at(source, "set", "a", "1");

        assertThat(larder(true, Map.of(), "", "--url", source, "export", file).err())
                .contains("\rexporting [##############################] 100 % of 1")
                .endsWith("\r");
        assertThat(larder(true, Map.of(), "", "--url", source, "export", "-").err())
                .isEmpty();
    }
}
