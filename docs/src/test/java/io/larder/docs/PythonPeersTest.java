package io.larder.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.CacheEntry;
import io.larder.CacheEvent;
import io.larder.ConfigException;
import io.larder.Counters;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.testkit.servers.MemcachedServer;
import io.larder.testkit.servers.Python;
import io.larder.testkit.servers.RedisCluster;
import io.larder.testkit.servers.RedisServer;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Python process and Larder on one server, both ways; what each Python cache sends is in docs/src/test/python/peers.py. */
class PythonPeersTest {

    private static final Path SCRIPT = ProjectTree.ROOT.resolve("docs/src/test/python/peers.py");
    private static final List<String> CODECS =
            List.of("json", "msgpack", "pickle", "json+zlib", "pickle+zlib", "msgpack+zstd", "pickle+zstd");
    /** Compared as text: JSON is read as decimals. */
    private static final Map<String, Object> VALUE = new LinkedHashMap<>();

    static {
        VALUE.put("name", "Ann");
        VALUE.put("n", 42);
        VALUE.put("l", Arrays.asList(1, 2.5, null, true));
        VALUE.put("u", "é☃");
    }

    @AutoClose
    private static RedisServer server;

    @AutoClose
    private static MemcachedServer memcached;

    private static Python python;

    @BeforeAll
    static void start() {
        python = Python.with("redis", "pymemcache", "msgpack", "zstandard");
        server = RedisServer.start();
        memcached = MemcachedServer.start();
    }

    @BeforeEach
    void empty() {
        server.command("FLUSHALL");
        memcached.ask("flush_all");
    }

    private static Larder larder(String parameters) {
        return Larder.open("redis://" + server.address() + "?on-error=throw&timeout=20s&" + parameters);
    }

    private static Cache<String, Object> cache(Larder larder) {
        return larder.cache("any", String.class, Object.class).build();
    }

    /** Runs one function of the script, and returns what it printed. */
    private static Larder memcached(String parameters) {
        return Larder.open("memcached://" + memcached.address() + "?on-error=throw&timeout=20s&" + parameters);
    }

    private static List<String> run(String function, String... arguments) throws IOException {
        int port = function.startsWith("memcached_") ? memcached.port() : server.port();
        List<String> all = new ArrayList<>(List.of(function, String.valueOf(port)));
        all.addAll(List.of(arguments));
        return python.run(Files.readString(SCRIPT), all.toArray(String[]::new));
    }

    @Test
    void cachetoryReadsAndWritesInEverySerializer() throws IOException {
        run("cachetory_put", CODECS.toArray(String[]::new));
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

        assertThat(run("cachetory_check", CODECS.toArray(String[]::new)))
                .hasSameSizeAs(CODECS)
                .containsOnly("{'name': 'Ann', 'n': 42, 'l': [1, 2.5, None, True], 'u': 'é☃'} for an hour, None");
    }

    @Test
    void ellarReadsWritesAndCounts() throws IOException {
        run("ellar_put");
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

        assertThat(run("ellar_check"))
                .containsExactly(
                        "{'name': 'Ann', 'n': 42, 'l': [1, 2.5, None, True], 'u': 'é☃'} for an hour",
                        "-3",
                        "106 for an hour",
                        "9223372036854775807 for ever");
    }

    @Test
    void ddfTakesKeysAsTheyAre() throws IOException {
        run("ddf_put");
        try (Larder larder = larder("peer=ddf");
                Larder pickles = larder("peer=ddf&codec=pickle(protocol=5)")) {
            assertThat(cache(larder).get("service:web")).hasToString(VALUE.toString());
            assertThat(cache(pickles).get("service:pickled")).hasToString(VALUE.toString());
            cache(larder).put("service:java", VALUE);
            cache(pickles).put("service:java-pickled", VALUE);
            assertThat(cache(larder).removeMatching("old:*")).isEqualTo(2);
        }

        assertThat(run("ddf_check"))
                .containsExactly(
                        "{'name': 'Ann', 'n': 42, 'l': [1, 2.5, None, True], 'u': 'é☃'}",
                        "{'name': 'Ann', 'n': 42, 'l': [1, 2.5, None, True], 'u': 'é☃'}",
                        "[]");
    }

    @Test
    void nicolasCacheSharesTags() throws IOException {
        run("nicolas_put");
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

        assertThat(run("nicolas_check"))
                .containsExactly(
                        "{'user:3': {'name': 'Ann', 'n': 42, 'l': [1, 2.5, None, True], 'u': 'é☃'}} for an hour for an hour",
                        "['red', 'team']",
                        "{} {'moved': 3}",
                        "['cache:key_tags:moved', 'cache:key_tags:user:3', 'cache:moved', 'cache:tag:others',"
                                + " 'cache:tag:red', 'cache:tag:team', 'cache:user:3']");
    }

    @Test
    void yokedCacheSharesEnvelopesAndTags() throws IOException {
        run("yoked_put");
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

        String value = "{'name': 'Ann', 'n': 42, 'l': [1, 2.5, None, True], 'u': 'é☃'} for an hour";
        assertThat(run("yoked_check"))
                .containsExactly(
                        value,
                        value,
                        value,
                        "['yokedcache:short', 'yokedcache:tagged'] True",
                        "['yokedcache:from_java', 'yokedcache:short', 'yokedcache:tagged', 'yokedcache:tags:kept']");
        assertThat(server.command("EXISTS", "another-program").number()).isEqualTo(1);
    }

    @Test
    void ellarOnMemcachedSharesWhatPymemcacheMarks() throws IOException {
        run("memcached_ellar_put");
        try (Larder larder = memcached("peer=ellar&namespace=proj")) {
            Cache<String, Object> cache = cache(larder);

            assertThat(cache.get("dict")).hasToString(VALUE.toString());
            assertThat(cache.get("text")).isEqualTo("é☃");
            assertThat(cache.get("bytes")).isEqualTo(new byte[] {0, -1});
            assertThat(cache.get("number")).isEqualTo(BigInteger.TWO.pow(70));
            assertThat(cache.get("count")).isEqualTo(5);
            assertThat(cache.get("flag")).isEqualTo(true);
            assertThat(cache.find("dict").remaining()).isBetween(Duration.ofMinutes(50), Duration.ofMinutes(61));
            cache.put("java-dict", VALUE, EntryOptions.ttl(Duration.ofHours(1)));
            cache.put("java-text", "é☃", EntryOptions.ttl(Duration.ofDays(40)));
            assertThat(cache.find("java-text").remaining()).isGreaterThan(Duration.ofDays(39));
            cache.put("java-number", 41);
            assertThat(cache.putIfAbsent("java-number", 1)).isFalse();
            assertThat(cache.replace("java-flag", true)).isFalse();
            assertThat(cache.putIfAbsent("java-flag", true)).isTrue();
            assertThat(cache.expire("java-flag", Duration.ofHours(1))).isTrue();
            cache.put("brief", 1, EntryOptions.ttl(Duration.ZERO));
            assertThat(cache.remove("dict")).isTrue();
            assertThat(cache.keys("java-*").filter(key -> !key.equals("java-dict")))
                    .containsExactlyInAnyOrder("java-text", "java-number", "java-flag");
            assertThatThrownBy(() -> cache.get("a b")).hasMessageContaining("without spaces");
            assertThatThrownBy(() -> cache.counters().increment("count")).hasMessageContaining("counters");
        }

        assertThat(run("memcached_ellar_check"))
                .containsExactly(
                        "[{'name': 'Ann', 'n': 42, 'l': [1, 2.5, None, True], 'u': 'é☃'}, 'é☃', 41, True] None",
                        "42 é☃ None");
    }

    @Test
    void yokedCacheOnMemcachedSharesEnvelopes() throws IOException {
        run("memcached_yoked_put");
        try (Larder larder = memcached("peer=yokedcache");
                Larder ddf = memcached("peer=ddf")) {
            assertThat(cache(larder).get("k")).hasToString(VALUE.toString());
            cache(larder).put("from java", VALUE);
            assertThat(cache(larder).removeMatching("k*")).isEqualTo(1);
            cache(ddf).put("service:web", VALUE);
            assertThat(cache(ddf).get("service:web")).hasToString(VALUE.toString());
        }

        assertThat(run("memcached_yoked_check"))
                .containsExactly("{'name': 'Ann', 'n': 42, 'l': [1, 2.5, None, True], 'u': 'é☃'}");
        assertThatThrownBy(() -> memcached("peer=nicolas")).hasMessageContaining("keeps nothing on memcached");
        try (Larder larder = memcached("peer=ellar&codec=json")) {
            assertThatThrownBy(() -> cache(larder)).hasMessageContaining("reads what pickle writes, was 'json'");
        }
    }

    @Test
    void everyVerbDoesWhatItDoesElsewhere() {
        try (Larder larder = larder("peer=cachetory&namespace=app:&codec=pickle")) {
            Cache<String, Object> cache = cache(larder);
            server.command("SET", "other", "1");
            server.command("SADD", "app:a-set", "x");

            assertThat(cache.putIfAbsent("a", 1)).isTrue();
            assertThat(cache.putIfAbsent("a", 2)).isFalse();
            assertThat(cache.replace("b", 1)).isFalse();
            cache.putAll(Map.of("b", 2, "c[1]*", 3));
            assertThat(cache.getAll(List.of("a", "b", "z"))).isEqualTo(Map.of("a", 1, "b", 2));
            assertThat(cache.expire("a", Duration.ofHours(1))).isTrue();
            assertThat(cache.find("a").remaining()).isLessThanOrEqualTo(Duration.ofHours(1));
            assertThat(cache.expire("a", EntryOptions.NEVER)).isTrue();
            assertThat(cache.find("a").remaining()).isEqualTo(EntryOptions.NEVER);
            assertThat(cache.expire("z", EntryOptions.NEVER)).isFalse();
            cache.put("gone", 1, EntryOptions.ttl(Duration.ZERO));
            assertThat(cache.keys("*")).containsExactlyInAnyOrder("a", "b", "c[1]*");
            assertThat(cache.keys("c\\[*")).containsExactly("c[1]*");
            assertThat(cache.entries("[ab]").map(entry -> entry.value())).containsExactlyInAnyOrder(1, 2);
            assertThat(cache.removeAll(List.of("a", "z"))).isEqualTo(1);
            cache.clear();

            assertThat(cache.keys("*")).isEmpty();
            assertThat(server.command("DBSIZE").number()).isEqualTo(2);
        }
    }

    @Test
    void aClusterKeepsWhatHasNoTags() {
        try (RedisCluster cluster = RedisCluster.start()) {
            String url = "redis+cluster://"
                    + cluster.nodes().stream().map(RedisServer::address).collect(Collectors.joining(","))
                    + "?on-error=throw&timeout=20s&peer=";
            try (Larder larder = Larder.open(url + "cachetory&namespace=app:");
                    Larder tagged = Larder.open(url + "nicolas")) {
                Cache<String, Object> cache = cache(larder);
                cache.putAll(Map.of("a", 1, "b", 2, "c", 3));

                assertThat(cache.getAll(List.of("a", "b", "c", "d"))).isEqualTo(Map.of("a", 1, "b", 2, "c", 3));
                assertThat(cache.counters().add("c", 4)).isEqualTo(7);
                assertThat(cache.keys("*")).containsExactlyInAnyOrder("a", "b", "c");
                assertThat(cache.removeMatching("[ab]")).isEqualTo(2);
                assertThatThrownBy(() -> cache(tagged))
                        .isInstanceOf(ConfigException.class)
                        .hasMessageContaining("under names that a cluster keeps apart");
            }
        }
    }

    @Test
    void whatPythonPutsDuringALoadIsNotOverwritten() {
        try (Larder larder = larder("peer=cachetory&codec=json")) {
            Cache<String, Object> cache = cache(larder);

            Object loaded = cache.get("k", key -> {
                server.command("SET", "k", "\"theirs\"");
                return "ours";
            });

            assertThat(loaded).isEqualTo("ours");
            assertThat(cache.get("k")).isEqualTo("theirs");
        }
    }

    @Test
    void whatIsRemovedDuringALoadStaysRemoved() {
        try (Larder larder = larder("peer=cachetory&codec=json")) {
            Cache<String, Object> cache = cache(larder);

            cache.get("k", key -> {
                cache.remove("k");
                return "old";
            });

            assertThat(cache.get("k")).isNull();
            assertThat(cache.get("k", key -> "new")).isEqualTo("new");
            assertThat(cache.get("k")).isEqualTo("new");
        }
    }

    @Test
    void whatTheLayoutHasNoPlaceForIsRefused() {
        try (Larder larder = larder("peer=cachetory")) {
            Cache<String, Object> cache = cache(larder);

            assertThatThrownBy(() -> cache.put("k", "v", EntryOptions.tagged("t")))
                    .hasMessageContaining("tags");
            assertThatThrownBy(() -> cache.invalidateTag("t")).hasMessageContaining("tags");
            assertThatThrownBy(() -> cache.put("k", null, EntryOptions.DEFAULT.missTtl(Duration.ofHours(1))))
                    .hasMessageContaining("does not keep that there is no such thing");
            assertThatThrownBy(() -> cache.put(
                            "k", "v", EntryOptions.ttl(Duration.ofHours(1)).staleFor(Duration.ofHours(1))))
                    .hasMessageContaining("does not keep what is stale");
            assertThatThrownBy(cache::clear).hasMessageContaining("owns every key there");
            assertThatThrownBy(() ->
                            larder.cache("other", String.class, Object.class).build())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("knows no names of caches");
            assertThatThrownBy(() -> larder.cache("any", String.class, Object.class)
                            .version(2)
                            .build())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("knows no versions");
        }
        assertThatThrownBy(() -> larder("peer=cachetori"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must be one of cachetory, ddf, ellar, nicolas, yokedcache");
        try (Larder larder = larder("peer=ddf&namespace=x")) {
            assertThatThrownBy(() -> cache(larder)).hasMessageContaining("knows no prefix");
        }
    }

    @Test
    void aPickleThatWouldCallSomethingIsRefusedByName() throws IOException {
        List<CacheEvent> told = new CopyOnWriteArrayList<>();
        run("evil_put");
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
