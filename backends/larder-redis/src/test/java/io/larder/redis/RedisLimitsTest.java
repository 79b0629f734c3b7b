package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.CacheEntry;
import io.larder.CacheEvent;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.testkit.servers.RedisServer;
import io.larder.testkit.trials.Caches;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Large values, long keys, tags on very many entries. */
class RedisLimitsTest {

    private static final int SCRIPT_ENTRIES_MAX = 128;
    private static final int MANY = 100_000;
    private static final String PATIENTLY = "?timeout=60s&on-error=throw";
    private static final EntryOptions TAGGED = EntryOptions.tagged("x");

    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void leaveNothing() {
        server.command("FLUSHALL");
    }

    private static Map<String, String> values(int from, int to) {
        Map<String, String> values = new HashMap<>();
        for (int i = from; i < to; i++) {
            values.put("k" + i, "v" + i);
        }
        return values;
    }

    @Test
    void aValueOf64MiBComesBackAsItWas() {
        try (Larder larder = Larder.open(Urls.of(server) + PATIENTLY)) {
            Cache<String, byte[]> cache =
                    larder.cache("large", String.class, byte[].class).build();
            byte[] value = new byte[64 << 20];
            new Random(1).nextBytes(value);

            cache.put("a", value, TAGGED);

            assertThat(cache.get("a")).isEqualTo(value);
            assertThat(cache.invalidateTag("x")).isEqualTo(1);
            assertThat(cache.get("a")).isNull();
        }
    }

    @Test
    void aValueOverTheLimitIsRefusedAndWhatWasThereStays() {
        List<CacheEvent> events = new CopyOnWriteArrayList<>();
        try (Larder larder = Larder.builder(Urls.of(server) + PATIENTLY + "&max-value=1KiB")
                .listener(events::add)
                .build()) {
            Cache<String, byte[]> cache =
                    larder.cache("small", String.class, byte[].class).build();
            cache.put("a", new byte[1024]);

            assertThatThrownBy(() -> cache.put("a", new byte[1025]))
                    .isInstanceOfSatisfying(
                            BackendException.class,
                            failure -> assertThat(failure.isTransient()).isFalse())
                    .hasMessageContaining("'a'")
                    .hasMessageContaining("1025 bytes, and 'max-value' allows 1024");
            assertThatThrownBy(() -> cache.putAll(Map.of("b", new byte[1], "c", new byte[1025])))
                    .hasMessageContaining("'max-value' allows 1024");
            assertThat(cache.get("a")).hasSize(1024);
            assertThat(cache.get("b")).isNull();
            assertThat(cache.get("b", key -> new byte[1025])).hasSize(1025);
            assertThat(cache.get("b")).isNull();
            assertThat(events).hasAtLeastOneElementOfType(CacheEvent.StoreFailed.class);
        }
    }

    @Test
    void aKeyOf10000CharactersIsAKey() {
        try (Larder larder = Larder.open(Urls.of(server) + PATIENTLY)) {
            Cache<String, String> cache = Caches.texts(larder);
            String one = "ключ-🔑 ".repeat(1_250) + "1";
            String other = one.substring(0, one.length() - 1) + "2";

            cache.put(one, "1", TAGGED);
            cache.put(other, "2", TAGGED);

            assertThat(one.length()).isGreaterThan(10_000);
            assertThat(cache.get(one)).isEqualTo("1");
            assertThat(cache.get(other)).isEqualTo("2");
            assertThat(cache.keys("ключ*")).containsExactlyInAnyOrder(one, other);
            assertThat(cache.remove(one)).isTrue();
            assertThat(cache.invalidateTag("x")).isEqualTo(1);
        }
    }

    @Test
    void aHundredThousandEntriesUnderOneTag() {
        try (Larder larder = Larder.open(Urls.of(server) + PATIENTLY)) {
            Cache<String, String> cache = Caches.texts(larder);
            for (int from = 0; from < MANY; from += 10_000) {
                cache.putAll(values(from, from + 10_000), TAGGED);
            }
            cache.put("other", "1", EntryOptions.tagged("y"));

            server.command("CONFIG", "RESETSTAT");
            try (Stream<CacheEntry<String, String>> entries = cache.entriesByTag("x")) {
                assertThat(entries.limit(10)).hasSize(10);
            }
            // A page was read, not the tag.
            assertThat(server.info("cmdstat_mget")).startsWith("calls=1,");
            try (Stream<CacheEntry<String, String>> entries = cache.entriesByTag("x")) {
                assertThat(entries.map(CacheEntry::key).distinct().count()).isEqualTo(MANY);
            }

            assertThat(cache.invalidateTag("x")).isEqualTo(MANY);

            assertThat(cache.entriesByTag("x")).isEmpty();
            assertThat(server.command("KEYS", "*").texts())
                    .containsExactlyInAnyOrder("larder::texts:1:e:other", "larder::texts:1:t:y");
        }
    }

    @Test
    void noScriptHandlesMoreEntriesThanItsMaximum() throws Exception {
        try (Larder larder = Larder.open(Urls.of(server) + PATIENTLY);
                Monitor monitor = Monitor.of(server)) {
            Cache<String, String> cache = Caches.texts(larder);
            int entries = 5 * SCRIPT_ENTRIES_MAX + 1;

            cache.putAll(values(0, entries), TAGGED);
            assertShort(monitor.usesInScripts("SET"), entries);
            cache.removeAll(values(0, entries).keySet());
            assertShort(monitor.usesInScripts("UNLINK"), entries);
            cache.putAll(values(0, entries), TAGGED);
            monitor.usesInScripts("SET");
            cache.invalidateTag("x");
            assertShort(monitor.usesInScripts("UNLINK"), entries);
            cache.putAll(values(0, entries), TAGGED);
            monitor.usesInScripts("SET");
            cache.removeMatching("k*");
            assertShort(monitor.usesInScripts("UNLINK"), entries);
        }
    }

    private static void assertShort(List<Integer> uses, int entries) {
        assertThat(uses).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(SCRIPT_ENTRIES_MAX));
        assertThat(uses.stream().mapToInt(Integer::intValue).sum()).isEqualTo(entries);
    }
}
