package io.larder.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.servers.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Python of this machine makes of what is written here. */
class PythonTest {

    private static final String LOADS = """
            import pickle, sys
            for line in open(sys.argv[1]):
                theirs, ours = (pickle.loads(bytes.fromhex(each)) for each in line.split())
                print("same" if repr(theirs) == repr(ours) else f"{theirs!r} became {ours!r}")
            """;
    /** Whose Python type Java has no other for. */
    private static final Map<String, String> BECOMES = Map.ofEntries(
            Map.entry("bytearray", "bytearray(b'\\x00\\xff') became b'\\x00\\xff'"),
            Map.entry("tuple0", "() became []"),
            Map.entry("tuple1", "(1,) became [1]"),
            Map.entry("tuple3", "(1, 'a', None) became [1, 'a', None]"),
            Map.entry("tuple4", "(1, 2, 3, (4,)) became [1, 2, 3, [4]]"),
            Map.entry("frozenset", "frozenset({'a'}) became {'a'}"),
            Map.entry("ordereddict", "OrderedDict([('b', 1), ('a', 2)]) became {'b': 1, 'a': 2}"),
            Map.entry("dequemax", "deque([1, 2], maxlen=2) became deque([1, 2])"));

    @Test
    void pythonReadsWhatIsWritten(@TempDir Path folder) throws IOException {
        Python python = Python.with("zoneinfo");
        List<GoldenTest.Golden> goldens = GoldenTest.all()
                .filter(golden -> golden.protocol() >= 2 && !golden.name().matches("none|timeoffset|datetimeoffset"))
                .toList();
        List<String> lines = new ArrayList<>();
        for (GoldenTest.Golden golden : goldens) {
            byte[] ours = PickleWriter.pickle(PickleReader.read(golden.pickle()), golden.protocol());
            lines.add(HexFormat.of().formatHex(golden.pickle()) + " "
                    + HexFormat.of().formatHex(ours));
        }
        Path pairs = Files.write(folder.resolve("pairs"), lines);

        List<String> said = python.run(LOADS, pairs.toString());

        assertThat(said).hasSameSizeAs(goldens);
        for (int i = 0; i < said.size(); i++) {
            assertThat(said.get(i))
                    .as("%s", goldens.get(i))
                    .isEqualTo(BECOMES.getOrDefault(goldens.get(i).name(), "same"));
        }
    }
}
