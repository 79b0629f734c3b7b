package io.larder.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Cache;
import io.larder.ConfigException;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.redis.RedisProvider;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Backends;
import io.larder.spi.CacheScope;
import io.larder.spi.CacheSpec;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.Lookup;
import io.larder.spi.Reply;
import io.larder.testkit.FakeClock;
import io.larder.testkit.View;
import io.larder.testkit.servers.RedisCluster;
import io.larder.testkit.servers.RedisServer;
import io.larder.url.CacheUrl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds in the layouts of other programs, with nobody but Larder there. */
class PeerLayoutsTest {

    @AutoClose
    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
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
    void aCounterWhoseTimeIsOverDoesNotStayForEver() {
        try (Larder larder = larder("peer=cachetory&codec=json")) {
            assertThat(cache(larder).counters().add("gone", 5, 100, EntryOptions.ttl(Duration.ZERO)))
                    .isEqualTo(105);
        }

        // Of what has no ttl, it would be -1.
        assertThat(server.command("PTTL", "gone").number()).isNotEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource
    void whoSeesALeaseAfterAnInvalidationIsNotToldThatItStood(View view) {
        ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
        FakeClock clock = new FakeClock();
        CacheUrl url = CacheUrl.parse("redis://" + server.address() + "?peer=nicolas");
        try (Backends opened = new RedisProvider().open(url, new BackendContext(clock, threads, threads))) {
            Backend<String, byte[]> backend =
                    ((Backends.OfBytes) opened).open(CacheSpec.ofBytes(new CacheScope("", "any", 1), "pickle"));
            Entry<byte[]> old = new Entry<>(new byte[] {'1'}, Lifetime.endless(clock.millis()), Set.of("x"));
            Lookup<byte[]> lease = view.ask(backend.getOrLease("a", "t1", LeaseTerms.TAGGED), threads);

            Reply<Boolean> storing = backend.putLeased("a", old, (Lease<byte[]>) lease);
            view.ask(backend.invalidateTag("x"), threads);
            boolean isSeen = view.ask(backend.getOrLease("a", "t2", LeaseTerms.TAGGED), threads)
                    .equals(lease);
            boolean stood = view.ask(storing, threads);

            assertThat(isSeen && stood).isFalse();
            assertThat(view.ask(backend.get("a"), threads)).isNull();
        } finally {
            threads.shutdownNow();
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
        try (Larder larder = larder("peer=ddf&codec=msgpack")) {
            assertThatThrownBy(() -> cache(larder)).hasMessageContaining("'peer=ddf' reads what json or pickle writes");
        }
        try (Larder larder = larder("peer=yokedcache")) {
            assertThatThrownBy(() -> cache(larder).put("tag\ns:x", 1))
                    .hasMessageContaining("keeps its tags under such names");
        }
    }
}
