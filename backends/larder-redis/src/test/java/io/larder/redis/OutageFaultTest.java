package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.RedisServer;
import io.larder.testkit.trials.Caches;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is left alone while it is down, and told what was removed meanwhile before it is read again. */
class OutageFaultTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final RedisServer server = RedisServer.start();
    private Larder larder;
    private Cache<String, String> cache;

    @BeforeEach
    void open() {
        larder = Larder.open(Urls.of(server)
                + "?timeout=300ms&reconnect-max=50ms&breaker=2&breaker-pause=50ms&fallback=none:&ledger=" + folder);
        cache = Caches.texts(larder);
    }

    @AfterEach
    void close() {
        larder.close();
        server.close();
    }

    private Map<String, String> details() {
        return cache.stats().backend().details();
    }

    private void store() {
        Await.until("both are stored", WAIT_MAX, () -> {
            cache.put("a", "1");
            cache.put("b", "1");
            return "1".equals(cache.get("b"));
        });
    }

    private void awaitSpare() {
        Await.until("the spare is used", WAIT_MAX, () -> {
            cache.get("a");
            return "in use".equals(details().get("fallback"));
        });
    }

    private void awaitServer() {
        Await.until(
                "the server is used", WAIT_MAX, () -> "ready".equals(details().get("fallback")));
    }

    @Test
    void aServerThatHangsIsToldWhenItGoesOn() {
        store();
        server.pause();
        try {
            awaitSpare();
            cache.remove("a");
            assertThat(cache.get("a", key -> "loaded")).isEqualTo("loaded");
        } finally {
            server.resume();
        }

        awaitServer();

        assertThat(cache.get("a")).isNull();
        Await.until("what nobody removed is there", WAIT_MAX, () -> "1".equals(cache.get("b")));
    }

    @Test
    void aServerThatComesBackWithItsEntriesIsToldByTheNextProcess() {
        store();
        server.command("SAVE");
        server.kill();
        awaitSpare();
        cache.remove("a");
        larder.close();

        server.restart();
        assertThat(server.command("DBSIZE").number()).as("names on the server").isGreaterThanOrEqualTo(2);
        open();

        assertThat(cache.get("a")).isNull();
        awaitServer();
        assertThat(cache.get("a")).isNull();
        Await.until("what nobody removed is there", WAIT_MAX, () -> "1".equals(cache.get("b")));
    }
}
