package io.larder.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.ConfigException;
import io.larder.Larder;
import io.larder.disk.DiskProvider;
import io.larder.memcached.MemcachedProvider;
import io.larder.memory.MemoryProvider;
import io.larder.redis.RedisProvider;
import io.larder.spi.CodecProvider;
import io.larder.spi.StageProvider;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the pages true where a machine can: links, lengths, tables of parameters. */
class PagesTest {

    private static final int README_LINES_MAX = 120;
    private static final int ADR_LINES_MAX = 60;

    @Test
    void everyLinkLeadsSomewhere() {
        List<String> broken = new ArrayList<>();

        Page.all()
                .forEach(page -> page.links().stream()
                        .filter(link -> !link.contains("://"))
                        .filter(link -> !leadsSomewhere(page, link))
                        .forEach(link -> broken.add(page.path() + " -> " + link)));

        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(Page page, String link) {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path folder = page.path().getParent();
        Path target =
                file.isEmpty() ? page.path() : (folder == null ? Path.of(file) : folder.resolve(file)).normalize();
        return Files.exists(ProjectTree.ROOT.resolve(target))
                && (hash < 0 || Page.read(target).anchors().contains(link.substring(hash + 1)));
    }

    @Test
    void readmeFitsOnTwoScreens() {
        assertThat(Page.read(Path.of("README.md")).lines()).hasSizeLessThanOrEqualTo(README_LINES_MAX);
    }

    @Test
    void everyDecisionFitsOnAScreenAndIsInTheIndex() {
        Path folder = Path.of("docs/adr");
        List<Page> decisions = Page.all()
                .filter(page -> page.path().startsWith(folder) && !page.path().endsWith("README.md"))
                .toList();

        assertThat(decisions).isNotEmpty().allSatisfy(page -> {
            assertThat(page.lines()).as("%s", page.path()).hasSizeLessThanOrEqualTo(ADR_LINES_MAX);
            assertThat(page.lines().get(2)).as("%s", page.path()).matches("Status: .+, \\d{4}-\\d\\d-\\d\\d");
            assertThat(Page.read(folder.resolve("README.md")).links()).contains(name(page));
        });
    }

    @Test
    void guideIndexNamesEveryPage() {
        Path folder = Path.of("docs/guide");
        List<String> links = Page.read(folder.resolve("README.md")).links();

        assertThat(Page.all()
                        .filter(page ->
                                page.path().startsWith(folder) && !page.path().equals(folder.resolve("README.md"))))
                .isNotEmpty()
                .allSatisfy(page -> assertThat(links)
                        .contains(folder.relativize(page.path()).toString()));
    }

    @Test
    void everyTwinOfAPythonCallIsRun() {
        Pattern code = Pattern.compile("`([^`]+)`");
        Pattern call = Pattern.compile("\\.\\w+\\(");
        List<String> missing = new ArrayList<>();

        Page.all().filter(page -> page.path().startsWith("docs/guide/python")).forEach(page -> {
            String samples = page.blocks().stream().map(Page.Block::text).collect(Collectors.joining());
            page.lines().stream()
                    .filter(line -> line.startsWith("| "))
                    .flatMap(line -> code.matcher(line.split(" \\| ", -1)[1]).results())
                    .flatMap(span -> call.matcher(span.group(1)).results())
                    .filter(twin -> !samples.contains(twin.group()))
                    .forEach(twin -> missing.add(page.path() + " does not run " + twin.group() + ")"));
        });

        assertThat(missing).isEmpty();
    }

    @Test
    void urlPageNamesEveryParameter() {
        List<String> rows = Page.read(Path.of("docs/guide/urls.md")).rowNames();

        assertThat(rows).containsAll(names(new DiskProvider().parameters()));
        assertThat(rows).containsAll(names(new MemoryProvider().parameters()));
        assertThat(rows).containsAll(names(new RedisProvider().parameters()));
        assertThat(rows).containsAll(names(new MemcachedProvider().parameters()));
        // The parameters of all caches are told by nobody but the message about an unknown one.
        assertThatThrownBy(() -> Larder.open("none:?zzz=1"))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        told -> assertThat(told.getMessage())
                                .contains("Known: " + String.join(", ", rows.subList(0, rows.indexOf("codec") + 1))
                                        + "."));
    }

    @Test
    void urlPageNamesEveryParameterOfACodec() {
        Map<String, ParameterSet> codecs = new TreeMap<>();
        ServiceLoader.load(CodecProvider.class).forEach(found -> codecs.put(found.name(), found.parameters()));
        ServiceLoader.load(StageProvider.class).forEach(found -> codecs.put(found.name(), found.parameters()));
        List<String> lines = Page.read(Path.of("docs/guide/urls.md")).lines();

        assertThat(codecs).containsKeys("java", "json", "zlib");
        codecs.forEach((codec, parameters) -> names(parameters)
                .forEach(name -> assertThat(lines)
                        .as("%s of codec %s", name, codec)
                        .anyMatch(line -> line.matches("\\|.*`" + codec + "`[^|]*\\| `" + name + "` \\|.*"))));
    }

    @Test
    void backendReadmesNameEveryParameterInOrder() {
        assertThat(Page.read(Path.of("backends/larder-disk/README.md")).rowNames())
                .startsWith(names(new DiskProvider().parameters()).toArray(String[]::new));
        assertThat(Page.read(Path.of("backends/larder-memory/README.md")).rowNames())
                .startsWith(names(new MemoryProvider().parameters()).toArray(String[]::new));
        assertThat(Page.read(Path.of("backends/larder-redis/README.md")).rowNames())
                .containsSubsequence(names(new RedisProvider().parameters()));
        assertThat(Page.read(Path.of("backends/larder-memcached/README.md")).rowNames())
                .containsSubsequence(names(new MemcachedProvider().parameters()));
    }

    @Test
    void quotedCodeIsWhatStandsInTheFile() {
        List<Page.Block> quotes = Page.all()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.language().equals("java") && block.quotedFile() != null)
                .toList();

        assertThat(quotes).isNotEmpty().allSatisfy(block -> {
            String quoted = block.text().substring(block.text().indexOf('\n') + 1);
            assertThat(ProjectTree.text(block.quotedFile())).containsIgnoringWhitespaces(quoted);
        });
    }

    private static List<String> names(ParameterSet set) {
        return set.parameters().stream().map(Parameter::name).toList();
    }

    private static String name(Page page) {
        return page.path().getFileName().toString();
    }
}
