package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.RedisOptions;
import io.larder.testkit.servers.RedisServer;
import io.larder.testkit.trials.Caches;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Servers that answer, but with a refusal: writers are told what it means, readers go on. */
class RefusalFaultTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    private static final String PATIENTLY = "?timeout=10s";
    private static final String FULL = "is full: it has reached 'maxmemory'";

    /** Puts until the server is full, and a bit more than full; returns how many it has taken. */
    private static int fill(RedisServer server, Cache<String, String> cache) {
        String value = "v".repeat(10_000);
        for (int i = 0; ; i++) {
            try {
                cache.put("filler-" + i, value, EntryOptions.tagged("fillers"));
            } catch (BackendException full) {
                assertThat(full).hasMessageContaining(FULL).hasMessageContaining("maxmemory-policy");
                assertThat(full.isTransient()).isFalse();
                server.command("CONFIG", "SET", "maxmemory", "3mb");
                return i;
            }
        }
    }

    @Test
    void aFullServerTellsWritersAndAnswersReaders() {
        try (RedisServer server = RedisServer.start(
                        RedisOptions.plain().set("maxmemory", "4mb").set("maxmemory-policy", "noeviction"));
                Larder larder = Larder.open(Urls.of(server) + PATIENTLY)) {
            Cache<String, String> cache = Caches.texts(larder);
            cache.put("a", "1");

            int taken = fill(server, cache);

            assertThat(taken).isGreaterThan(10);
            assertThatThrownBy(() -> cache.putAll(Map.of("b", "2"))).hasMessageContaining(FULL);
            assertThatThrownBy(() -> Caches.numbers(larder).counters().add("n", 1))
                    .hasMessageContaining(FULL);
            assertThat(cache.get("a")).isEqualTo("1");
            assertThat(cache.get("b")).isNull();
            assertThat(cache.get("a", key -> "loaded")).isEqualTo("1");
            assertThat(cache.get("b", key -> "loaded")).isEqualTo("loaded");
            assertThat(cache.getAll(List.of("a", "b"), keys -> Map.of("b", "loaded")))
                    .containsEntry("a", "1")
                    .containsEntry("b", "loaded");

            assertThat(cache.invalidateTag("fillers")).isEqualTo(taken);
            cache.put("b", "2");
            assertThat(cache.get("b")).isEqualTo("2");
        }
    }

    @Test
    void aFullServerThrowsAtReadersWhoWantToKnow() {
        try (RedisServer server = RedisServer.start(
                        RedisOptions.plain().set("maxmemory", "4mb").set("maxmemory-policy", "noeviction"));
                Larder larder = Larder.open(Urls.of(server) + PATIENTLY + "&on-error=throw")) {
            Cache<String, String> cache = Caches.texts(larder);
            cache.put("a", "1");
            fill(server, cache);

            assertThat(cache.get("a", key -> "loaded")).isEqualTo("1");
            assertThat(cache.get("b")).isNull();
            assertThatThrownBy(() -> cache.get("b", key -> "loaded")).hasMessageContaining(FULL);
        }
    }

    @Test
    void aServerThatBecomesAReplicaTellsWritersAndLetsReadersGoOn() {
        try (RedisServer server = RedisServer.start();
                Larder larder = Larder.open(Urls.of(server) + PATIENTLY)) {
            Cache<String, String> cache = Caches.texts(larder);
            cache.put("a", "1");

            // Nobody listens at port 1, so that it keeps what it has.
            server.command("REPLICAOF", "127.0.0.1", "1");

            assertThatThrownBy(() -> cache.put("a", "2"))
                    .isInstanceOfSatisfying(
                            BackendException.class,
                            failure -> assertThat(failure.isTransient()).isTrue())
                    .hasMessageContaining(server.address())
                    .hasMessageContaining("is a replica and takes no writes");
            Await.until("it reads what it had", WAIT_MAX, () -> "1".equals(cache.get("a")));
            assertThat(cache.get("a", key -> "loaded")).isEqualTo("1");
            assertThat(cache.get("b", key -> "loaded")).isEqualTo("loaded");

            server.command("REPLICAOF", "NO", "ONE");
            Await.until("writes work again", WAIT_MAX, () -> {
                cache.put("a", "3");
                return "3".equals(cache.get("a"));
            });
        }
    }

    /** Makes a server that takes some seconds to load what it saved. */
    private static RedisServer slowlyLoading() {
        RedisServer server = RedisServer.start(RedisOptions.plain()
                .set("key-load-delay", "10000")
                .set("loading-process-events-interval-bytes", "1024"));
        try (Larder larder = Larder.open(Urls.of(server) + PATIENTLY)) {
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < 300; i++) {
                values.put("k" + i, "v" + "x".repeat(200));
            }
            Caches.texts(larder).putAll(values);
        }
        server.command("SAVE");
        server.restart();
        return server;
    }

    @Test
    void aServerThatLoadsTellsWritersAndIsUsedWhenItHas() {
        try (RedisServer server = slowlyLoading();
                Larder larder = Larder.open(Urls.of(server) + PATIENTLY)) {
            Cache<String, String> cache = Caches.texts(larder);

            assertThatThrownBy(() -> cache.put("a", "1"))
                    .isInstanceOfSatisfying(
                            BackendException.class,
                            failure -> assertThat(failure.isTransient()).isTrue())
                    .hasMessageContaining(server.address())
                    .hasMessageContaining("still loads its data");
            assertThat(cache.get("k0")).isNull();
            assertThat(cache.get("k0", key -> "loaded")).isEqualTo("loaded");

            Await.until("writes work", WAIT_MAX, () -> {
                cache.put("a", "1");
                return "1".equals(cache.get("a"));
            });
            assertThat(cache.get("k0")).startsWith("v");
        }
    }

    /** Opens {@code url}, expects a lasting failure that says what {@code said} is, and reads that go on. */
    private static void assertRefused(String url, String... said) {
        try (Larder larder = Larder.open(url + PATIENTLY)) {
            Cache<String, String> cache = Caches.texts(larder);

            assertThatThrownBy(() -> cache.put("a", "1"))
                    .isInstanceOfSatisfying(
                            BackendException.class,
                            failure -> assertThat(failure.isTransient()).isFalse())
                    .hasMessageContainingAll(said)
                    .hasMessageNotContaining("s3cret")
                    .hasMessageNotContaining("wr0ng");
            assertThat(cache.get("a")).isNull();
            assertThat(cache.get("a", key -> "loaded")).isEqualTo("loaded");
        }
    }

    @Test
    void aMissingOrWrongLoginIsToldWithTheAddressAndWithoutThePassword() {
        try (RedisServer server = RedisServer.start(RedisOptions.plain()
                .password("s3cret")
                .user("reader", "s3cret2", "~larder:*", "+@read", "+hello", "+auth", "+client"))) {
            String address = server.address();

            assertRefused("redis://" + address, address, "wants a login", "user:password@");
            assertRefused("redis://:wr0ng@" + address, address, "refused the login", "Check user and password");
            assertRefused("redis://nobody:wr0ng@" + address, address, "refused the login");
            assertRefused("redis://reader:s3cret2@" + address, address, "does not permit", "Permissions");
        }
    }

    @Test
    void aPasswordThatIsSetInMidUseIsAskedOfNewConnectionsAlone() {
        try (RedisServer server = RedisServer.start();
                Larder larder = Larder.open(Urls.of(server) + PATIENTLY)) {
            Cache<String, String> cache = Caches.texts(larder);
            cache.put("a", "1");

            server.command("CONFIG", "SET", "requirepass", "s3cret");

            assertThat(cache.get("a")).isEqualTo("1");
            assertRefused(Urls.of(server), server.address(), "wants a login");
        }
    }

    @Test
    void aDatabaseThatIsNotThereIsTold() {
        try (RedisServer server = RedisServer.start()) {
            assertRefused(
                    Urls.of(server) + "/99", server.address(), "does not have the database", "below its 'databases'");
        }
    }
}
