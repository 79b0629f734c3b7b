package io.larder.docs;

import static io.larder.docs.PeerScript.PRINTED;
import static io.larder.docs.PeerScript.VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.COLLECTION;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Health;
import io.larder.Larder;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.MemcachedServer;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Python process and Larder on one memcached, both ways. */
class PythonOnMemcachedTest {

    @AutoClose
    private static MemcachedServer server;

    private static PeerScript python;

    @BeforeAll
    static void start() {
        server = MemcachedServer.start();
        python = new PeerScript(server.port());
    }

    @BeforeEach
    void empty() {
        server.ask("flush_all");
    }

    private static Larder larder(String parameters) {
        return Larder.open("memcached://" + server.address() + "?on-error=throw&timeout=20s&" + parameters);
    }

    private static Cache<String, Object> cache(Larder larder) {
        return larder.cache("any", String.class, Object.class).build();
    }

    @Test
    void ellarSharesWhatPymemcacheMarks() {
        python.run("memcached_ellar_put");
        try (Larder larder = larder("peer=ellar&namespace=proj")) {
            Cache<String, Object> cache = cache(larder);

            assertThat(cache.get("dict")).hasToString(VALUE.toString());
            assertThat(cache.get("text")).isEqualTo("é☃");
            assertThat(cache.get("bytes")).isEqualTo(new byte[] {0, -1});
            assertThat(cache.get("number")).isEqualTo(BigInteger.TWO.pow(70));
            assertThat(cache.get("count")).isEqualTo(5);
            assertThat(cache.get("flag")).isEqualTo(true);
            assertThat(cache.get("packed")).asInstanceOf(LIST).hasSize(100);
            assertThat(cache.get("packed-text")).isEqualTo("é☃".repeat(1000));
            assertThat(cache.find("dict").remaining()).isBetween(Duration.ofMinutes(50), Duration.ofMinutes(61));
            cache.put("java-dict", VALUE, EntryOptions.ttl(Duration.ofHours(1)));
            cache.put("java-text", "é☃", EntryOptions.ttl(Duration.ofDays(40)));
            assertThat(cache.find("java-text").remaining()).isGreaterThan(Duration.ofDays(39));
            cache.put("java-bytes", new byte[] {0, -1});
            cache.put("java-number", 41);
            assertThat(cache.putIfAbsent("java-number", 1)).isFalse();
            assertThat(cache.replace("java-flag", true)).isFalse();
            assertThat(cache.putIfAbsent("java-flag", true)).isTrue();
            assertThat(cache.expire("java-flag", Duration.ofHours(1))).isTrue();
            cache.put("brief", 1, EntryOptions.ttl(Duration.ZERO));
            assertThat(cache.remove("dict")).isTrue();
            assertThat(cache.keys("java-*"))
                    .containsExactlyInAnyOrder("java-dict", "java-text", "java-bytes", "java-number", "java-flag");
            assertThatThrownBy(() -> cache.get("a b")).hasMessageContaining("without spaces");
            assertThatThrownBy(() -> cache.counters().increment("count")).hasMessageContaining("counters");
        }

        assertThat(python.run("memcached_ellar_check"))
                .containsExactly("[" + PRINTED + ", 'é☃', b'\\x00\\xff', 41, True] None", "42 é☃ None");
    }

    @Test
    void pymemcacheLooksForAKeyWhereLarderPutsIt() {
        try (MemcachedServer other = MemcachedServer.start();
                Larder larder = Larder.open("memcached://" + server.address() + "," + other.address()
                        + "?on-error=throw&timeout=20s&peer=ellar&namespace=proj")) {
            Cache<String, Object> cache = cache(larder);
            List<Integer> all = IntStream.range(0, 40).boxed().toList();
            String otherPort = String.valueOf(other.port());

            python.run("memcached_ring_put", otherPort);
            assertThat(all).allSatisfy(i -> assertThat(cache.get("python-" + i)).isEqualTo(i));
            all.forEach(i -> cache.put("java-" + i, i));

            assertThat(python.run("memcached_ring_check", otherPort)).containsExactly("780");
            assertThat(List.of(server, other))
                    .allSatisfy(each -> assertThat(each.stat("curr_items")).isNotEqualTo("0"));

            other.kill();
            Await.until("it is known that one is down", Duration.ofSeconds(20), () -> {
                assertThat(all).anySatisfy(i -> assertThatThrownBy(() -> cache.get("java-" + i)));
                return larder.health().status() == Health.Status.DEGRADED;
            });
            assertThat(cache.stats().backend().details()).containsEntry("down", other.address());
        }
    }

    @Test
    void ddfSharesWhatPymemcacheMarks() {
        python.run("memcached_ddf_put");
        try (Larder larder = larder("peer=ddf")) {
            Cache<String, Object> cache = cache(larder);

            assertThat(cache.get("service:dict")).hasToString(VALUE.toString());
            assertThat(cache.get("service:text")).isEqualTo("é☃");
            assertThat(cache.get("service:number")).isEqualTo(80);
            assertThat(cache.get("service:flag")).isEqualTo(false);
            assertThat(cache.get("service:none")).isNull();
            assertThat(cache.find("service:dict").remaining())
                    .isBetween(Duration.ofMinutes(50), Duration.ofMinutes(61));
            cache.putAll(Map.of("java:dict", VALUE, "java:text", "é☃", "java:number", 81, "java:flag", true));
            assertThat(cache.removeMatching("service:*")).isEqualTo(5);
            assertThat(cache.get("__cache_keys__")).asInstanceOf(COLLECTION).contains("service:dict");
        }

        assertThat(python.run("memcached_ddf_check"))
                .containsExactly("[" + PRINTED + ", 'é☃', 81, True]", "[None, None, None, None, None]");
        try (Larder larder = larder("peer=ddf&codec=json")) {
            assertThatThrownBy(() -> cache(larder)).hasMessageContaining("marks values on memcached as pickles");
        }
    }

    @Test
    void yokedCacheSharesEnvelopes() {
        Map<String, String> codecs = Map.of("yokedcache", "pickle", "j", "json", "m", "msgpack");
        python.run("memcached_yoked_put");
        codecs.forEach((prefix, codec) -> {
            try (Larder larder = larder("peer=yokedcache&namespace=" + prefix + "&codec=" + codec)) {
                Cache<String, Object> cache = cache(larder);

                assertThat(cache.get("k")).as(codec).hasToString(VALUE.toString());
                cache.put("from java", VALUE);
                assertThat(cache.removeMatching("k*")).isEqualTo(1);
            }
        });

        assertThat(python.run("memcached_yoked_check"))
                .containsExactly(PRINTED + " None", PRINTED + " None", PRINTED + " None");
    }

    @Test
    void whatNobodyReadsThereIsRefused() {
        assertThatThrownBy(() -> larder("peer=nicolas")).hasMessageContaining("keeps nothing on memcached");
        try (Larder larder = larder("peer=ellar&codec=json")) {
            assertThatThrownBy(() -> cache(larder))
                    .hasMessageContaining("'peer=ellar' reads what pickle writes, was 'json'");
        }
    }
}
