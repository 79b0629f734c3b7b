package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.testkit.FakeClock;
import io.larder.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody sees who looks at the server itself. */
class RedisStorageTest {

    private static final Duration TTL = Duration.ofMinutes(1);

    @AutoClose
    private static RedisServer server;

    private final FakeClock clock = new FakeClock();
    private Larder larder;
    private Cache<String, String> cache;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @BeforeEach
    void open() {
        larder = Larder.builder(Urls.of(server) + "?codec=string&namespace=shop&timeout=20s")
                .clock(clock)
                .build();
        cache = larder.cache("users", String.class, String.class).build();
    }

    @AfterEach
    void close() {
        larder.close();
        server.command("FLUSHALL");
    }

    private static List<String> names() {
        return server.command("KEYS", "*").texts();
    }

    private static long millisLeft(String name) {
        return server.command("PTTL", name).number();
    }

    @Test
    void anEntryIsOneStringThatTheServerDropsASecondAfterItsDeadline() {
        cache.put("a", "1", EntryOptions.ttl(TTL));

        assertThat(names()).containsExactly("larder:shop:users:1:e:a");
        assertThat(millisLeft("larder:shop:users:1:e:a")).isBetween(TTL.toMillis() - 30_000, TTL.toMillis() + 1_000);
    }

    @Test
    void anEntryWithoutAnEndHasNoneOnTheServer() {
        cache.put("a", "1", EntryOptions.tagged("x"));

        assertThat(millisLeft("larder:shop:users:1:e:a")).isEqualTo(-1);
        assertThat(millisLeft("larder:shop:users:1:t:x")).isEqualTo(-1);
    }

    @Test
    void aTagLastsAsLongAsTheLastOfItsEntries() {
        cache.put("long", "1", EntryOptions.ttl(TTL).tags("x"));
        cache.put("short", "1", EntryOptions.ttl(TTL.dividedBy(10)).tags("x"));

        assertThat(names())
                .containsExactlyInAnyOrder(
                        "larder:shop:users:1:e:long", "larder:shop:users:1:e:short", "larder:shop:users:1:t:x");
        assertThat(millisLeft("larder:shop:users:1:t:x")).isGreaterThan(TTL.toMillis() / 2);
    }

    @Test
    void invalidationLeavesNothing() {
        cache.put("a", "1", EntryOptions.ttl(TTL).tags("x", "y"));

        cache.invalidateTag("x");

        assertThat(names()).isEmpty();
    }

    @Test
    void whateverRemovesAnEntryLeavesNothingOfItsTags() {
        EntryOptions tagged = EntryOptions.tagged("x");
        cache.put("removed", "1", tagged);
        cache.put("expired", "1", tagged);
        cache.put("retagged", "1", tagged);
        cache.put("untagged", "1", tagged);
        cache.put("matching", "1", tagged);
        cache.put("over", "1", tagged);

        cache.remove("removed");
        cache.expire("expired", Duration.ZERO);
        cache.put("retagged", "2", EntryOptions.tagged("y"));
        cache.put("untagged", "2");
        cache.removeMatching("match*");
        cache.put("over", "2", EntryOptions.ttl(Duration.ZERO));

        assertThat(names())
                .containsExactlyInAnyOrder(
                        "larder:shop:users:1:e:retagged", "larder:shop:users:1:e:untagged", "larder:shop:users:1:t:y");
        cache.clear();
        assertThat(names()).isEmpty();
    }

    @Test
    void aTagForgetsEntriesThatTheServerDropped() {
        for (int i = 0; i < 20; i++) {
            cache.put("old-" + i, "1", EntryOptions.ttl(TTL).tags("x"));
            server.command("DEL", "larder:shop:users:1:e:old-" + i);
        }
        clock.advance(TTL.plusSeconds(1));

        for (int i = 0; i < 10; i++) {
            cache.put("new-" + i, "1", EntryOptions.ttl(TTL).tags("x"));
        }

        assertThat(server.command("ZCARD", "larder:shop:users:1:t:x").number()).isEqualTo(10);
        assertThat(cache.invalidateTag("x")).isEqualTo(10);
    }

    @Test
    void aLeaseStandsInTheEntrysPlace() {
        cache.get("a", key -> {
            assertThat(names()).containsExactly("larder:shop:users:1:e:a");
            assertThat(cache.find("a")).isNull();
            assertThat(cache.keys("*")).isEmpty();
            assertThat(cache.entries("*")).isEmpty();
            return "1";
        });

        assertThat(cache.get("a")).isEqualTo("1");
    }

    @Test
    void aLeaseAndItsMarksEndByThemselves() {
        cache.get(
                "a",
                key -> {
                    cache.invalidateTag("x");
                    assertThat(millisLeft("larder:shop:users:1:e:a")).isBetween(1L, 10_000L);
                    assertThat(millisLeft("larder:shop:users:1:m")).isBetween(1L, 10_000L);
                    return null;
                },
                EntryOptions.tagged("y"));

        assertThat(names()).containsExactly("larder:shop:users:1:m");
        cache.clear();
        assertThat(names()).isEmpty();
    }

    @Test
    void namesCannotBreakOutOfTheirPlace() {
        Cache<String, String> odd = larder.cache("a:1:e:b*{c}", String.class, String.class)
                .namespace("x:y")
                .build();

        odd.put("k", "1");
        cache.put("k", "2");

        assertThat(names())
                .containsExactlyInAnyOrder("larder:x%3Ay:a%3A1%3Ae%3Ab%2A%7Bc%7D:1:e:k", "larder:shop:users:1:e:k");
        odd.clear();
        assertThat(cache.get("k")).isEqualTo("2");
    }

    @Test
    void whatOthersKeepOnTheServerStays() {
        server.command("SET", "larder:shop:users2:1:e:a", "x");
        server.command("SET", "other", "x");
        cache.put("a", "1");

        cache.clear();
        cache.removeMatching("*");

        assertThat(names()).containsExactlyInAnyOrder("larder:shop:users2:1:e:a", "other");
    }

    @Test
    void whatSomebodyElsePutInAnEntrysPlaceIsAMissAndIsReplaced() {
        server.command("SET", "larder:shop:users:1:e:text", "not a frame");
        server.command("LPUSH", "larder:shop:users:1:e:list", "1", "2");

        assertThat(cache.get("text")).isNull();
        assertThat(cache.get("list")).isNull();
        assertThat(cache.get("text", key -> "loaded")).isEqualTo("loaded");
        assertThat(cache.get("list", key -> "loaded")).isEqualTo("loaded");
        assertThat(cache.get("text")).isEqualTo("loaded");
        assertThat(cache.get("list")).isEqualTo("loaded");
    }

    @Test
    void aValueOfAnotherCodecIsAMiss() {
        cache.put("a", "text");

        try (Larder json = Larder.builder(Urls.of(server) + "?codec=bytes&namespace=shop&timeout=20s")
                .clock(clock)
                .build()) {
            Cache<String, byte[]> other =
                    json.cache("users", String.class, byte[].class).build();
            assertThat(other.get("a")).isNull();
        }
    }

    @Test
    void anEntryOutlivesScriptsThatTheServerForgot() {
        cache.put("a", "1", EntryOptions.tagged("x"));
        server.command("SCRIPT", "FLUSH");

        assertThat(cache.get("b", key -> "2", EntryOptions.tagged("x"))).isEqualTo("2");
        server.command("SCRIPT", "FLUSH");

        assertThat(cache.invalidateTag("x")).isEqualTo(2);
    }
}
