package io.larder.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs every block of Java in README and guide, and compares what it prints with the block of text below it. */
class SamplesTest {

    private static final List<Sample> SAMPLES = samples();
    private static final PrintStream STDOUT = System.out;

    @TempDir
    static Path classes;

    private static URLClassLoader loader;

    @BeforeAll
    static void compileAll() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-d",
                classes.toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                "-proc:none",
                "-parameters");
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        options,
                        null,
                        SAMPLES.stream().map(Source::new).toList())
                .call();

        assertThat(compiled).as("samples compile:\n%s", messages).isTrue();
        loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, SamplesTest.class.getClassLoader());
    }

    @AfterAll
    static void close() throws IOException {
        loader.close();
        SampleServer.stop();
    }

    @TestFactory
    Stream<DynamicContainer> printsWhatThePageSays() {
        return SAMPLES.stream()
                .map(Sample::page)
                .distinct()
                .map(page -> DynamicContainer.dynamicContainer(
                        page.path().toString(),
                        SAMPLES.stream()
                                .filter(sample -> sample.page().equals(page))
                                .map(sample -> DynamicTest.dynamicTest(
                                        "line " + sample.block().line(), () -> check(sample)))));
    }

    private static void check(Sample sample) throws ReflectiveOperationException, IOException {
        String where = sample.page().path() + ":" + sample.block().line();

        String printed = run(sample);

        assertThat(sample.output())
                .as("%s shows what it prints:\n%s", where, printed)
                .isNotNull();
        assertThat(printed.stripTrailing()).as(where).isEqualTo(sample.output().stripTrailing());
    }

    private static String run(Sample sample) throws ReflectiveOperationException, IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Map<String, String> files = SampleFiles.of(sample);
        SampleServer.prepare(sample.source() + files);
        SampleFolder.prepare(sample.source());
        SampleFiles.write(files);
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            loader.loadClass(sample.name()).getMethod("run").invoke(null);
        } catch (InvocationTargetException e) {
            fail("the sample failed after it had printed:\n" + printed.toString(StandardCharsets.UTF_8), e.getCause());
        } finally {
            System.setOut(STDOUT);
        }
        String named = SampleFolder.renamed(
                SampleServer.renamed(SampleFiles.renamed(printed.toString(StandardCharsets.UTF_8), files)));
        SampleFolder.remove();
        return named;
    }

    private static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        Page.all()
                .filter(SamplesTest::isOurs)
                .forEach(page -> page.blocks().stream()
                        .filter(block -> block.language().equals("java") && block.quotedFile() == null)
                        .forEach(block -> samples.add(
                                new Sample("Sample" + samples.size(), page, block, page.outputBelow(block)))));
        return samples;
    }

    /** Returns whether a page's samples stand alone; those of the other modules' READMEs are excerpts, tested there. */
    private static boolean isOurs(Page page) {
        Path path = page.path();
        return path.equals(Path.of("README.md")) || path.startsWith("docs") || path.startsWith("backends");
    }

    /** A sample as the compiler reads it, under the page's name. */
    private static final class Source extends SimpleJavaFileObject {

        private final Sample sample;

        Source(Sample sample) {
            super(URI.create("page:///" + sample.page().path() + "/" + sample.name() + ".java"), Kind.SOURCE);
            this.sample = sample;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return sample.source();
        }
    }
}
