package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.testkit.servers.RedisServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many commands a call costs, as the server counts them. */
class RoundTripsTest {

    private static final EntryOptions TAGGED = EntryOptions.tagged("x");

    @AutoClose
    private static RedisServer server;

    private Larder larder;
    private Cache<String, String> cache;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    /** Makes every call once, so that the server knows the scripts. */
    @BeforeEach
    void warmUp() {
        larder = Larder.open(Urls.of(server) + "?codec=string&timeout=20s");
        cache = larder.cache("c", String.class, String.class).build();
        cache.put("a", "1", TAGGED);
        cache.get("b", key -> "2", TAGGED);
        cache.remove("b");
        cache.expire("a", EntryOptions.NEVER);
        cache.invalidateTag("y");
    }

    @AfterEach
    void close() {
        larder.close();
        server.command("FLUSHALL");
    }

    /** Returns how often each command came from a client, in which a script counts once. */
    private Map<String, Long> commandsOf(Runnable call) {
        server.command("CONFIG", "RESETSTAT");
        call.run();
        Map<String, Long> counts = new TreeMap<>();
        for (String command : new String[] {"get", "mget", "evalsha", "eval", "scan", "zscan", "hscan", "set", "del"}) {
            String stats = server.info("cmdstat_" + command);
            if (stats != null) {
                counts.put(command, Long.parseLong(stats.replaceFirst("calls=(\\d+),.*", "$1")));
            }
        }
        return counts;
    }

    private static Map<String, String> many(int count) {
        Map<String, String> entries = new LinkedHashMap<>();
        IntStream.range(0, count).forEach(i -> entries.put("key-" + i, "value"));
        return entries;
    }

    @Test
    void aReadIsOneGet() {
        assertThat(commandsOf(() -> cache.get("a"))).isEqualTo(Map.of("get", 1L));
        assertThat(commandsOf(() -> cache.get("missing"))).isEqualTo(Map.of("get", 1L));
    }

    @Test
    void readsOfManyCallersAreFewCommandsWhileTheServerIsBusy() {
        Map<String, Long> commands = commandsOf(() -> {
            server.pause();
            List<CompletableFuture<String>> reads = IntStream.range(0, 100)
                    .mapToObj(i -> cache.async().get("a"))
                    .toList();
            server.resume();
            assertThat(reads).allSatisfy(read -> assertThat(read.join()).isEqualTo("1"));
        });

        // As many as may be on their way, and what has gathered by the first answer.
        assertThat(commands.values().stream().mapToLong(Long::longValue).sum())
                .isBetween(2L, RedisBatches.STANDARD.inFlight() + 1L);
    }

    @Test
    void aWriteWithoutTagsIsOneSet() {
        assertThat(commandsOf(() -> cache.put("new", "2"))).isEqualTo(Map.of("set", 1L));
        assertThat(commandsOf(() -> cache.put("new", "3"))).isEqualTo(Map.of("set", 1L));
    }

    @Test
    void tagsThatAnEntryLosesCostAScriptMore() {
        assertThat(commandsOf(() -> cache.put("a", "2")))
                .containsEntry("set", 1L)
                .containsEntry("evalsha", 1L);
    }

    @Test
    void anyOtherWriteIsOneScript() {
        assertThat(commandsOf(() -> cache.put("a", "2", TAGGED))).containsEntry("evalsha", 1L);
        assertThat(commandsOf(() -> cache.putIfAbsent("a", "2"))).containsEntry("evalsha", 1L);
        assertThat(commandsOf(() -> cache.expire("a", EntryOptions.NEVER))).containsEntry("evalsha", 1L);
        assertThat(commandsOf(() -> cache.remove("a"))).containsEntry("evalsha", 1L);
    }

    @Test
    void aReadThroughIsOneCommandWhenItHits() {
        assertThat(commandsOf(() -> cache.get("a", key -> "unused"))).isEqualTo(Map.of("set", 1L));
    }

    @Test
    void aLoadIsAScriptMoreAndWithTagsTwo() {
        assertThat(commandsOf(() -> cache.get("missing", key -> "loaded"))).containsEntry("evalsha", 1L);
        assertThat(commandsOf(() -> cache.get("tagged", key -> "loaded", TAGGED)))
                .containsEntry("evalsha", 2L);
    }

    @Test
    void theEntriesOfATagAreReadTogether() {
        cache.putAll(many(100), TAGGED);

        assertThat(commandsOf(() -> assertThat(cache.entriesByTag("x").count()).isEqualTo(101)))
                .isEqualTo(Map.of("zscan", 1L, "mget", 1L));
    }

    @Test
    void aTagOfManyEntriesIsInvalidatedByManyShortScripts() {
        cache.putAll(many(1_000), TAGGED);

        assertThat(commandsOf(() -> assertThat(cache.invalidateTag("x")).isEqualTo(1_001)))
                .containsEntry("evalsha", 8L);
    }
}
