package io.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.spi.KeyPattern;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.PutMode;
import io.larder.testkit.servers.MemcachedServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Values over the limit of a server's items are refused, or split. */
class LargeEntriesTest {

    private static final String LARGE = "0123456789".repeat(300_000);

    @AutoClose
    private static MemcachedServer server;

    private Opened cache;

    @BeforeAll
    static void start() {
        server = MemcachedServer.start(Urls.SMALL);
    }

    @AfterEach
    void close() {
        cache.close();
        server.ask("flush_all");
    }

    private void open(String parameters) {
        cache = new Opened(Urls.of(server) + "?clock-skew=1h&timeout=10s" + parameters);
    }

    @Test
    void areRefusedWithBothSizesAndLeaveWhatWasThere() {
        open("");
        cache.put("a", "small");

        assertThatThrownBy(() -> cache.put("a", LARGE))
                .isInstanceOf(BackendException.class)
                .hasMessageStartingWith("Cannot store key 'a': with its tags it takes 30000")
                .hasMessageContaining("keeps items of 1048576")
                .hasMessageContaining("'chunk=true'");
        assertThatThrownBy(() ->
                        cache.backend.putAll(Map.of("a", cache.entry(LARGE))).join())
                .isInstanceOf(BackendException.class);
        assertThat(cache.get("a")).isEqualTo("small");
    }

    @Test
    void areRefusedBeyondTheUsersOwnLimit() {
        open("&max-value=10B");

        assertThatThrownBy(() -> cache.put("a", "12345678901"))
                .hasMessage(
                        "Cannot store key 'a': its value has 11 bytes, and 'max-value' allows 10. Raise the limit, or "
                                + "split the value");
        cache.put("a", "1234567890");
    }

    @Test
    void areSplitAndJoined() {
        open("&chunk=true");

        cache.put("a", LARGE, "x");
        cache.put("k".repeat(1_000), LARGE);

        assertThat(cache.get("a")).isEqualTo(LARGE);
        assertThat(cache.get("k".repeat(1_000))).isEqualTo(LARGE);
        assertThat(Opened.all(cache.backend.keys(KeyPattern.glob("k*")))).containsExactly("k".repeat(1_000));
        assertThat(cache.tagged("x")).containsExactly("a");
        assertThat(cache.backend
                        .put("a", cache.entry("other"), PutMode.IF_ABSENT)
                        .join())
                .isFalse();
        assertThat(cache.backend.expire("a", Lifetime.endless(0)).join()).isTrue();
        assertThat(cache.get("a")).isEqualTo(LARGE);
        assertThat(cache.backend.invalidateTag("x").join()).isEqualTo(1);
        assertThat(cache.get("a")).isNull();
    }

    @Test
    void areGoneWithTheirParts() {
        open("&chunk=true");
        cache.put("a", LARGE);

        assertThat(cache.backend.remove("a").join()).isTrue();

        assertThat(server.ask("lru_crawler metadump hash")).noneMatch(line -> line.contains("test%3A1%3Ac%3A"));
    }

    @Test
    void areMissesWhenAPartIsLost() {
        open("&chunk=true");
        cache.put("a", LARGE);

        String part = server.ask("lru_crawler metadump hash").stream()
                .filter(line -> line.contains("test%3A1%3Ac%3A"))
                .map(line -> line.substring("key=".length(), line.indexOf(' ')).replace("%3A", ":"))
                .findAny()
                .orElseThrow();
        server.ask("md " + part);

        assertThat(cache.get("a")).isNull();
        assertThat(cache.backend.put("a", cache.entry("new"), PutMode.IF_ABSENT).join())
                .isTrue();
    }

    @Test
    void keepTheirValueWhileTheyAreLoadedAnew() {
        open("&chunk=true");
        long now = cache.clock.millis();
        cache.put("a", cache.entry(LARGE, new Lifetime(now, now + 1_000, now + 60_000)));
        cache.clock.advance(Duration.ofSeconds(2));

        Lease<byte[]> lease = (Lease<byte[]>)
                cache.backend.getOrLease("a", "token", LeaseTerms.TAGGED).join();

        assertThat(cache.get("a")).isEqualTo(LARGE);
        cache.backend.release("a", lease).join();
        assertThat(cache.get("a")).isEqualTo(LARGE);
    }
}
