package io.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.Health;
import io.larder.HealthDetails;
import io.larder.Larder;
import io.larder.testkit.View;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.MemcachedGroup;
import io.larder.testkit.servers.MemcachedServer;
import io.larder.testkit.trials.Caches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the keys of a server that is down, by {@code on-dead}. */
@Timeout(60)
class DeadServerTest {

    private static final List<String> KEYS =
            IntStream.range(0, 30).mapToObj(i -> "key-" + i).toList();

    private static final String QUICKLY = "?reconnect-max=20ms&on-error=throw&breaker=3&timeout=20s";
    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    private MemcachedGroup servers;
    private Opened cache;

    @BeforeEach
    void start() {
        servers = MemcachedGroup.start(3, Urls.SMALL);
    }

    @AfterEach
    void stop() {
        cache.close();
        servers.close();
    }

    private MemcachedServer victim() {
        return servers.servers().get(1);
    }

    private void open(String onDead) {
        cache = new Opened(Urls.of(servers.servers()) + "?reconnect-max=20ms&clock-skew=1h&on-dead=" + onDead);
        KEYS.forEach(key -> cache.put(key, "1"));
    }

    /** Returns the keys that cannot be read. */
    private List<String> failing() {
        List<String> failing = new ArrayList<>();
        for (String key : KEYS) {
            try {
                cache.get(key);
            } catch (BackendException down) {
                failing.add(key);
            }
        }
        return failing;
    }

    private void awaitNoneFailing() {
        while (!failing().isEmpty()) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    @Test
    void missesAloneAreFailedAndTheOthersGoOn() {
        open("miss");

        victim().kill();

        List<String> failing = failing();
        assertThat(failing).isNotEmpty().hasSizeLessThan(KEYS.size());
        assertThatThrownBy(() -> cache.put(failing.get(0), "2"))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("memcached at " + victim().address());
        KEYS.stream()
                .filter(key -> !failing.contains(key))
                .forEach(key -> assertThat(cache.get(key)).isEqualTo("1"));
        assertThatThrownBy(() -> cache.backend.clear().join()).isInstanceOf(BackendException.class);
    }

    @ParameterizedTest
    @EnumSource
    void theBreakerIsClosedWhileOthersAnswer(View view) {
        open("miss");
        try (Larder larder = Larder.open(Urls.of(servers.servers()) + QUICKLY)) {
            Cache<String, String> texts = view.cache(Caches.texts(larder));
            KEYS.forEach(key -> texts.put(key, "1"));

            victim().kill();
            List<String> failing =
                    KEYS.stream().filter(key -> !reads(texts, key)).toList();
            for (int i = 0; i < 10; i++) {
                assertThat(failing).isNotEmpty().noneMatch(key -> reads(texts, key));
            }

            KEYS.stream()
                    .filter(key -> !failing.contains(key))
                    .forEach(key -> assertThat(texts.get(key)).isEqualTo("1"));
            assertThat(texts.stats().backend().details())
                    .containsEntry("breaker", "closed")
                    .containsEntry("servers", "2")
                    .containsEntry("down", victim().address());
            assertThatThrownBy(texts::ping).hasMessageContaining(victim().address());
            assertThat(larder.health().status()).isEqualTo(Health.Status.DEGRADED);
            assertThat(larder.health().problems())
                    .singleElement()
                    .asString()
                    .endsWith("is used without " + victim().address() + ", which could not be reached");
            assertThat(larder.healthDetails().health().status()).isEqualTo(Health.Status.DEGRADED);

            victim().restart();
            Await.until("a look reaches it", WAIT_MAX, () -> {
                HealthDetails look = larder.healthDetails();
                boolean reached = look.backends().get(0).ping() != null;
                assertThat(look.health().status()).isEqualTo(reached ? Health.Status.UP : Health.Status.DEGRADED);
                return reached;
            });
        }
    }

    private static boolean reads(Cache<String, String> texts, String key) {
        try {
            return "1".equals(texts.get(key));
        } catch (BackendException down) {
            return false;
        }
    }

    @Test
    void aProgramThatStartsMeanwhileIsToldOfTheOthers() {
        open("miss");
        victim().kill();
        try (Larder larder = Larder.open(Urls.of(servers.servers()) + QUICKLY)) {
            assertThat(Caches.texts(larder).stats().backend().details())
                    .containsEntry("servers", "2")
                    .containsEntry("down", victim().address());

            victim().restart();
            Await.until(
                    "nobody asks for its keys, but it is reached",
                    WAIT_MAX,
                    () -> larder.health().status() == Health.Status.UP);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theBreakerOpensWhenNoneAnswers(View view) {
        open("miss");
        try (Larder larder = Larder.open(Urls.of(servers.servers()) + QUICKLY)) {
            Cache<String, String> texts = view.cache(Caches.texts(larder));
            KEYS.forEach(key -> texts.put(key, "1"));

            servers.servers().forEach(MemcachedServer::kill);
            KEYS.forEach(key -> reads(texts, key));
            Await.until("the breaker is open", WAIT_MAX, () -> larder.health().status() == Health.Status.DOWN);
            assertThatThrownBy(() -> texts.get("a")).hasMessageContaining("is not asked");

            servers.servers().get(0).restart();
            Await.until("one is found", WAIT_MAX, () -> larder.health().status() == Health.Status.DEGRADED);
            assertThat(texts.stats().backend().details()).containsEntry("breaker", "closed");
        }
    }

    @Test
    void aServerThatIsBackIsUsedAgain() {
        open("miss");
        victim().kill();
        List<String> failing = failing();

        victim().restart();
        awaitNoneFailing();

        failing.forEach(key -> assertThat(cache.get(key)).isNull());
        cache.put(failing.get(0), "2");
        assertThat(cache.get(failing.get(0))).isEqualTo("2");
    }

    @Test
    void rehashedKeysGoToTheOthers() {
        open("rehash");

        victim().kill();
        awaitNoneFailing();

        KEYS.forEach(key -> cache.put(key, "2", "x"));
        KEYS.forEach(key -> assertThat(cache.get(key)).isEqualTo("2"));
        assertThat(cache.backend.invalidateTag("x").join()).isEqualTo(KEYS.size());
    }

    @Test
    void aServerThatComesBackAfterRehashingIsEmpty() {
        open("rehash");

        victim().pause();
        awaitNoneFailing();
        KEYS.forEach(key -> cache.put(key, "2"));
        victim().resume();
        while (KEYS.stream().allMatch(key -> "2".equals(cache.get(key)))) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }

        assertThat(KEYS).noneMatch(key -> "1".equals(cache.get(key)));
    }
}
