package io.larder.docs;

import static io.larder.docs.PeerScript.PRINTED;
import static io.larder.docs.PeerScript.VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.CacheEntry;
import io.larder.CacheEvent;
import io.larder.Counters;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Python process and Larder on one Redis, both ways. */
class PythonOnRedisTest {

    private static final List<String> CODECS =
            List.of("json", "msgpack", "pickle", "pickle+zlib", "msgpack+zlib", "pickle+zstd", "msgpack+zstd");

    @AutoClose
    private static RedisServer server;

    private static PeerScript python;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        python = new PeerScript(server.port());
    }

    @BeforeEach
    void empty() {
        server.command("FLUSHALL");
    }

    private static Larder larder(String parameters) {
        return Larder.open("redis://" + server.address() + "?on-error=throw&timeout=20s&" + parameters);
    }

    private static Cache<String, Object> cache(Larder larder) {
        return larder.cache("any", String.class, Object.class).build();
    }

    @Test
    void cachetoryReadsAndWritesInEverySerializer() {
        python.run("cachetory_put", CODECS.toArray(String[]::new));
        for (String codec : CODECS) {
            try (Larder larder = larder("peer=cachetory&namespace=app:&codec=" + codec)) {
                Cache<String, Object> cache = cache(larder);
                assertThat(cache.get("from-python:" + codec)).as(codec).hasToString(VALUE.toString());
                assertThat(cache.find("from-python:" + codec).remaining())
                        .isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
                cache.put("from-java:" + codec, VALUE, EntryOptions.ttl(Duration.ofHours(1)));
                assertThat(cache.remove("removed:" + codec)).isTrue();
            }
        }

        assertThat(python.run("cachetory_check", CODECS.toArray(String[]::new)))
                .hasSameSizeAs(CODECS)
                .containsOnly(PRINTED + " for an hour, None");
    }

    @Test
    void ellarReadsWritesAndCounts() {
        python.run("ellar_put");
        try (Larder larder = larder("peer=ellar&namespace=proj&version=2")) {
            Cache<String, Object> cache = cache(larder);
            Counters<String> counters = cache.counters();

            assertThat(cache.get("value")).hasToString(VALUE.toString());
            assertThat(cache.get("count")).isEqualTo(6);
            assertThat(counters.add("count", -10)).isEqualTo(-4);
            assertThat(counters.add("fresh", 5, 100, EntryOptions.ttl(Duration.ofHours(1))))
                    .isEqualTo(105);
            cache.put("from-java", VALUE, EntryOptions.ttl(Duration.ofHours(1)));
            cache.put("big", Long.MAX_VALUE);
            assertThatThrownBy(() -> counters.increment("big")).isInstanceOf(ArithmeticException.class);
            assertThatThrownBy(() -> counters.increment("value")).isInstanceOf(BackendException.class);
        }

        assertThat(python.run("ellar_check"))
                .containsExactly(PRINTED + " for an hour", "-3", "106 for an hour", "9223372036854775807 for ever");
    }

    @Test
    void ddfTakesKeysAsTheyAre() {
        python.run("ddf_put");
        try (Larder larder = larder("peer=ddf");
                Larder pickles = larder("peer=ddf&codec=pickle(protocol=5)")) {
            assertThat(cache(larder).get("service:web")).hasToString(VALUE.toString());
            assertThat(cache(pickles).get("service:pickled")).hasToString(VALUE.toString());
            cache(larder).put("service:java", VALUE);
            cache(pickles).put("service:java-pickled", VALUE);
            assertThat(cache(larder).removeMatching("old:*")).isEqualTo(2);
        }

        assertThat(python.run("ddf_check")).containsExactly(PRINTED, PRINTED, "[]");
    }

    @Test
    void nicolasCacheSharesTags() {
        python.run("nicolas_put");
        try (Larder larder = larder("peer=nicolas")) {
            Cache<String, Object> cache = cache(larder);

            assertThat(cache.get("user:1")).hasToString(VALUE.toString());
            assertThat(cache.find("user:1").tags()).containsExactlyInAnyOrder("users", "active");
            // 'moved' has another tag by now, whatever the set of the old one says.
            assertThat(cache.entriesByTag("users").map(CacheEntry::key)).containsExactlyInAnyOrder("user:1", "user:2");
            assertThat(cache.keys("*")).containsExactlyInAnyOrder("user:1", "user:2", "moved");
            assertThat(cache.invalidateTag("users")).isEqualTo(2);
            assertThat(cache.get("moved")).isEqualTo(3);
            cache.put("user:3", 3, EntryOptions.tagged("old").withTtl(Duration.ofHours(1)));
            cache.put("user:3", VALUE, EntryOptions.tagged("team", "red").withTtl(Duration.ofHours(1)));
            cache.put("gone", 1, EntryOptions.tagged("team"));
            assertThat(cache.remove("gone")).isTrue();
            assertThatThrownBy(() -> cache.put("tag:x", 1)).hasMessageContaining("keeps its tags under such names");
        }

        assertThat(python.run("nicolas_check"))
                .containsExactly(
                        "{'user:3': {'name': 'Ann', 'n': 42, 'l': [1, 2.5, None, True], 'u': 'é☃'}} for an hour for an hour",
                        "['red', 'team']",
                        "{} {'moved': 3}",
                        "['cache:key_tags:moved', 'cache:key_tags:user:3', 'cache:moved', 'cache:tag:others',"
                                + " 'cache:tag:red', 'cache:tag:team', 'cache:user:3']");
    }

    @Test
    void yokedCacheSharesEnvelopesAndTags() {
        python.run("yoked_put");
        try (Larder larder = larder("peer=yokedcache");
                Larder pickles = larder("peer=yokedcache&namespace=p&codec=pickle");
                Larder messages = larder("peer=yokedcache&namespace=m&codec=msgpack")) {
            Cache<String, Object> cache = cache(larder);

            assertThat(cache.get("a b")).hasToString(VALUE.toString());
            assertThat(cache.get("yokedcache:a_b")).hasToString(VALUE.toString());
            assertThat(cache.get("old")).hasToString(VALUE.toString());
            assertThat(cache.keys("*")).containsExactlyInAnyOrder("a_b", "old");
            assertThat(cache.entriesByTag("team").map(CacheEntry::key)).containsExactly("a_b");
            cache.put("tagged", 1, EntryOptions.tagged("kept").withTtl(Duration.ofHours(1)));
            cache.put("short", 1, EntryOptions.tagged("kept").withTtl(Duration.ofMinutes(1)));
            server.command("SADD", "yokedcache:tags:team", "another-program");
            server.command("SET", "another-program", "1");
            assertThat(cache.invalidateTag("team")).isEqualTo(1);
            cache.remove("old");
            for (Larder each : List.of(larder, pickles, messages)) {
                Cache<String, Object> any = cache(each);
                any.put("from java", VALUE, EntryOptions.ttl(Duration.ofHours(1)));
                assertThat(any.get(each == larder ? "from java" : "k")).hasToString(VALUE.toString());
            }
        }

        String value = PRINTED + " for an hour";
        assertThat(python.run("yoked_check"))
                .containsExactly(
                        value,
                        value,
                        value,
                        "['yokedcache:short', 'yokedcache:tagged'] True",
                        "['yokedcache:from_java', 'yokedcache:short', 'yokedcache:tagged', 'yokedcache:tags:kept']");
        assertThat(server.command("EXISTS", "another-program").number()).isEqualTo(1);
    }

    @Test
    void aPickleThatWouldCallSomethingIsRefusedByName() {
        List<CacheEvent> told = new CopyOnWriteArrayList<>();
        python.run("evil_put");
        try (Larder larder = Larder.builder("redis://" + server.address() + "?peer=cachetory&codec=pickle&timeout=20s")
                .listener(told::add)
                .build()) {
            assertThat(cache(larder).get("evil")).isNull();
        }

        assertThat(told).hasSize(1);
        assertThat(((CacheEvent.Undecodable) told.get(0)).cause())
                .hasMessageContaining("it names 'posix.system', which is none of the plain types that are read");
    }
}
