package io.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.testkit.servers.MemcachedGroup;
import io.larder.testkit.trials.Caches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two JVMs on the same servers. */
@Timeout(120)
class TwoProgramsTest {

    /** Another program: invalidates a tag and prints how many entries carried it. */
    static final class Invalidate {

        private Invalidate() {}

        public static void main(String[] args) {
            try (Larder larder = Larder.open(args[0])) {
                System.out.println(Caches.texts(larder).invalidateTag(args[1]));
            }
        }
    }

    /** Runs the other program to its end and returns what it printed. */
    private static String invalidate(String url, String tag) {
        try {
            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            Invalidate.class.getName(),
                            url,
                            tag)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatOneTagsAnotherInvalidatesAndTheFirstMisses() {
        try (MemcachedGroup group = MemcachedGroup.start(3, Urls.SMALL)) {
            String url = Urls.of(group.servers()) + "?timeout=1m&on-error=throw";
            try (Larder larder = Larder.open(url)) {
                Cache<String, String> cache = Caches.texts(larder);
                for (int i = 0; i < 20; i++) {
                    cache.put("key-" + i, "1", EntryOptions.tagged(i % 2 == 0 ? "even" : "odd"));
                }

                assertThat(invalidate(url, "even")).isEqualTo("10");

                for (int i = 0; i < 20; i++) {
                    assertThat(cache.get("key-" + i)).isEqualTo(i % 2 == 0 ? null : "1");
                }
                assertThat(cache.entriesByTag("even")).isEmpty();
                assertThat(cache.entriesByTag("odd")).hasSize(10);
            }
        }
    }

    @Test
    void whatOneLoadsWhileAnotherInvalidatesIsNotStored() {
        try (MemcachedGroup group = MemcachedGroup.start(3, Urls.SMALL)) {
            String url = Urls.of(group.servers()) + "?timeout=1m&on-error=throw&lease=2m";
            try (Larder larder = Larder.open(url)) {
                Cache<String, String> cache = Caches.texts(larder);

                String loaded = cache.get(
                        "a",
                        key -> {
                            assertThat(invalidate(url, "x")).isEqualTo("0");
                            return "old";
                        },
                        EntryOptions.tagged("x"));

                assertThat(loaded).isEqualTo("old");
                assertThat(cache.get("a")).isNull();
            }
        }
    }
}
