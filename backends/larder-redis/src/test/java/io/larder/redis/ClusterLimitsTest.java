package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.CacheEntry;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.codec.StringCodec;
import io.larder.testkit.servers.RedisCluster;
import io.larder.testkit.trials.Caches;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Odd keys and tags, large values and bulk calls where every key has a slot. */
class ClusterLimitsTest {

    private static final List<String> ODD = List.of(
            "",
            " ",
            "a b",
            "line\nbreak\r\n",
            "nul\0nul",
            "🔑",
            "*",
            "?",
            "[a-z]",
            "\\",
            "^",
            "{a}b",
            "{a}c",
            "{}",
            "{}x",
            "x{",
            "x}",
            "}{",
            "{{a}}",
            "a{b}c{d}",
            "e:",
            "t:x",
            "l",
            "m",
            "}:e:",
            "larder::texts:1:",
            "k".repeat(10_000));

    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static Larder open() {
        return Larder.open(Urls.of(cluster) + "?on-error=throw&timeout=60s");
    }

    @Test
    void anyStringIsAKeyAndATagInACluster() {
        try (Larder larder = open()) {
            Cache<String, String> cache = Caches.texts(larder);
            for (String odd : ODD) {
                cache.put(odd, "of " + odd, EntryOptions.tagged("all", odd));
            }

            for (String odd : ODD) {
                assertThat(cache.get(odd)).isEqualTo("of " + odd);
                assertThat(cache.entriesByTag(odd).map(CacheEntry::key)).containsExactly(odd);
            }
            assertThat(cache.getAll(ODD)).hasSize(ODD.size());
            assertThat(cache.keys("*")).containsExactlyInAnyOrderElementsOf(ODD);
            assertThat(cache.keys("{a}*")).containsExactlyInAnyOrder("{a}b", "{a}c");
            assertThat(cache.keys("\\*")).containsExactly("*");

            assertThat(cache.invalidateTag("{a}b")).isEqualTo(1);
            assertThat(cache.remove("nul\0nul")).isTrue();
            assertThat(cache.invalidateTag("all")).isEqualTo(ODD.size() - 2);
            assertThat(cache.keys("*")).isEmpty();
        }
    }

    @Test
    void bulkCallsReachEveryNode() {
        try (Larder larder = open()) {
            Cache<String, String> cache = larder.cache("bulk", String.class, String.class)
                    .codec(new StringCodec())
                    .build();
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < 6_000; i++) {
                values.put("k" + i, "v" + i);
            }

            cache.putAll(values, EntryOptions.tagged("x"));

            assertThat(cluster.leaders())
                    .allSatisfy(leader ->
                            assertThat(leader.command("DBSIZE").number()).isGreaterThan(1_000));
            assertThat(cache.getAll(values.keySet())).isEqualTo(values);
            assertThat(cache.entriesByTag("x").count()).isEqualTo(values.size());
            assertThat(cache.invalidateTag("x")).isEqualTo(values.size());
        }
    }
}
