package io.larder.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any valid configuration, shown and read again, is the same. */
class RandomConfigTest {

    private static final int CONFIGURATIONS = 60;
    private static final List<String> NAMES = List.of(
            "users", "orders", "a b", "x.y", "null", "~", "#1", "user:x", "ключ", "- a", "${A}", "\"q\"", "it's");
    private static final List<String> PREFIXES = List.of(
            "session:",
            "a",
            "*",
            "&x",
            "a: b",
            "{",
            "[",
            "\t",
            "\u0001",
            "?",
            "%",
            "-",
            "|",
            ">",
            "!",
            "null",
            "1",
            "url",
            "password:");
    private static final Map<String, List<String>> VALUES = Map.ofEntries(
            Map.entry("ttl", List.of("5m", "never", "0s", "1h30m")),
            Map.entry("jitter", List.of("0.1", "1")),
            Map.entry("namespace", List.of("shop", "", "null", "a: b", "#x", "$${X}", "ключ", " ", "*a", "\"", "\\")),
            Map.entry("tags", List.of("a,b", "a b", "\\", "it's", "~")),
            Map.entry("version", List.of("1", "2k")),
            Map.entry("stale-for", List.of("10s")),
            Map.entry("timeout", List.of("50ms", "never")),
            Map.entry("on-error", List.of("miss", "throw")),
            Map.entry("enabled", List.of("true", "false")),
            Map.entry("codec", List.of("string", "bytes")),
            Map.entry("fallback", List.of("none:", "shelf:?max=5")),
            Map.entry("max", List.of("10k", "5")));

    @TempDir
    Path folder;

    private static <T> T one(List<T> of, RandomGenerator random) {
        return of.get(random.nextInt(of.size()));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Writes control characters, which have no place between single quotes. */
    private static String written(String text) {
        return text.chars().anyMatch(Character::isISOControl)
                ? "\"" + text.replace("\t", "\\t").replace("\u0001", "\\u0001") + "\""
                : quoted(text);
    }

    private static void addParameters(StringBuilder yaml, String indent, boolean ofShelf, RandomGenerator random) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            String name = one(new ArrayList<>(VALUES.keySet()), random);
            if (ofShelf || !name.equals("max")) {
                parameters.put(name, one(VALUES.get(name), random));
            }
        }
        parameters.forEach((name, value) -> yaml.append(indent)
                .append(name)
                .append(": ")
                .append(written(value))
                .append('\n'));
    }

    private static String random(RandomGenerator random) {
        StringBuilder yaml = new StringBuilder("backends:\n  default: shelf:?max=5\n");
        List<String> backends = new ArrayList<>(List.of("default"));
        for (String name : NAMES.subList(0, random.nextInt(NAMES.size()))) {
            backends.add(name);
            yaml.append("  ")
                    .append(quoted(name))
                    .append(":\n    url: ")
                    .append(written(one(
                            List.of("shelf:", "shelf://h:1,h:2/a%20b?ttl=1m", "shelf:?max=1&namespace=%7B"), random)))
                    .append('\n');
            addParameters(yaml, "    ", true, random);
        }
        yaml.append("defaults:\n  backend: ")
                .append(reference(one(backends, random)))
                .append('\n');
        addParameters(yaml, "  ", false, random);
        yaml.append("caches:\n");
        for (String name : NAMES.subList(random.nextInt(NAMES.size()), NAMES.size())) {
            yaml.append("  ").append(quoted(name)).append(":\n");
            if (random.nextBoolean()) {
                yaml.append("    backend: ")
                        .append(reference(one(backends, random)))
                        .append('\n');
            }
            addParameters(yaml, "    ", true, random);
            if (random.nextInt(3) == 0) {
                yaml.append("    routes:\n");
                for (String prefix : PREFIXES.subList(0, 1 + random.nextInt(PREFIXES.size()))) {
                    yaml.append("      ")
                            .append(written(prefix))
                            .append(": ")
                            .append(reference(one(backends, random)))
                            .append('\n');
                }
            }
        }
        return yaml.toString();
    }

    /** Writes a name as a value, in which a variable may stand. */
    private static String reference(String name) {
        return written(name.replace("${", "$${"));
    }

    @Test
    void survivesBeingShownAndReadAgain() throws IOException {
        long seed = Long.getLong("larder.seed", new Random().nextInt(Integer.MAX_VALUE));
        String again = "again with -Dlarder.seed=" + seed + "\n";
        Random random = new Random(seed);
        for (int i = 0; i < CONFIGURATIONS; i++) {
            String written = random(random);
            LarderConfig first = read("first.yaml", written);
            assertThat(first.mistakes()).as(again + written).isEmpty();

            String shown = first.show();
            LarderConfig second = read("second.yaml", shown);

            assertThat(second.mistakes()).as(again + shown).isEmpty();
            assertThat(values(second)).as(again + written + shown).isEqualTo(values(first));
        }
    }

    private LarderConfig read(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return LarderConfig.read(file, null, Map.of());
    }

    private static Map<String, String> values(LarderConfig config) {
        Map<String, String> values = new LinkedHashMap<>();
        config.values().forEach(value -> values.put(value.key(), value.value()));
        return values;
    }
}
