package io.larder.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Cache;
import io.larder.ConfigException;
import io.larder.EntryOptions;
import io.larder.Handover;
import io.larder.Larder;
import io.larder.LarderBuilder;
import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.KeyPattern;
import io.larder.testkit.FakeClock;
import io.larder.url.CacheUrl;
import io.larder.url.TieredUrl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A Larder whose caches are at several places. */
class NamedCachesTest {

    private final FakeClock clock = new FakeClock();

    private LarderBuilder builder() {
        return Larder.builder("memory:?max=10&ttl=1m")
                .clock(clock)
                .cache("users", TieredUrl.parse("memory:?max=20&ttl=5m&namespace=shop&version=3&tags=team,%20people"))
                .cache("orders", TieredUrl.parse("memory:?max=20&ttl=7m"))
                .route("orders", "vip:", CacheUrl.parse("memory:?max=30&ttl=9m"))
                .route("orders", "off:", CacheUrl.parse("none:"));
    }

    private static Cache<String, String> cache(Larder larder, String name) {
        return larder.cache(name, String.class, String.class).build();
    }

    @Test
    void eachHasWhatItsUrlSays() {
        try (Larder larder = builder().build()) {
            Cache<String, String> users = cache(larder, "users");
            users.put("1", "Ann", EntryOptions.tagged("admin"));

            assertThat(users.find("1").remaining()).isEqualTo(Duration.ofMinutes(5));
            assertThat(users.find("1").tags()).containsExactlyInAnyOrder("team", "people", "admin");
            assertThat(users.stats().backend().address()).isEqualTo("memory:?max=20");
            assertThat(larder.cache("users", String.class, String.class)
                            .namespace("shop")
                            .version(3)
                            .build())
                    .isSameAs(users);
            assertThat(users.invalidateTag("team")).isEqualTo(1);
        }
    }

    @Test
    void oneWithoutAUrlHasTheLarders() {
        try (Larder larder = builder().build()) {
            Cache<String, String> other = cache(larder, "other");
            other.put("1", "x");

            assertThat(other.find("1").remaining()).isEqualTo(Duration.ofMinutes(1));
            assertThat(other.stats().backend().address()).isEqualTo("memory:?max=10&ttl=1m");
        }
    }

    @Test
    void aRouteHasABackendOfItsOwnAndTheCachesTtl() {
        try (Larder larder = builder().build()) {
            Cache<String, String> orders = cache(larder, "orders");
            orders.putAll(Map.of("1", "a", "vip:1", "b", "off:1", "c"));

            assertThat(orders.getAll(List.of("1", "vip:1", "off:1"))).isEqualTo(Map.of("1", "a", "vip:1", "b"));
            assertThat(orders.find("vip:1").remaining()).isEqualTo(Duration.ofMinutes(7));
            BackendInfo info = orders.stats().backend();
            assertThat(info.address()).contains("memory:?max=20", "memory:?max=30", "none:");
            assertThat(orders.get("off:1", key -> "loaded")).isEqualTo("loaded");
            assertThat(orders.get("off:1")).isNull();
        }
    }

    @Test
    void routesHoldForBytesToo() {
        try (Larder larder = builder().build()) {
            Backend<String, byte[]> bytes =
                    larder.cache("orders", String.class, byte[].class).bytes();

            assertThat(bytes.info().join().address()).contains("memory:?max=30");
            assertThat(bytes.keys(KeyPattern.ALL).next().join()).isEmpty();
        }
    }

    @Test
    void aCacheWithRoutesGoesToAnotherBackendAsAWhole() {
        try (Larder larder = Larder.builder("memory:?max=10")
                .clock(clock)
                .route("orders", "vip:", CacheUrl.parse("memory:?max=30"))
                .build()) {
            Cache<String, String> orders = cache(larder, "orders");
            orders.putAll(Map.of("1", "a", "vip:1", "b"));

            larder.switchBackend("orders", "memory:?max=50", Handover.COPY);

            assertThat(orders.getAll(List.of("1", "vip:1"))).hasSize(2);
            assertThat(orders.stats().backend().address()).isEqualTo("memory:?max=50");
        }
    }

    @Test
    void whatCannotWorkIsRefusedWhenTheLarderIsBuilt() {
        LarderBuilder unknown = Larder.builder("memory:").cache("users", TieredUrl.parse("memory:?mx=5"));
        LarderBuilder empty = Larder.builder("memory:");

        assertThatThrownBy(unknown::build)
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Unknown parameter 'mx' in 'memory:?mx=5'. Did you mean 'max'?");
        assertThatThrownBy(() -> empty.route("users", "", CacheUrl.parse("memory:")))
                .hasMessage("prefix must not be empty; the cache's own URL is for all other keys");
        assertThatThrownBy(() -> Larder.open("memory:?version=0"))
                .hasMessage("'version' must be a number, at least 1, was '0'");
    }

    @Test
    void checkRefusesWhatOpenWould() {
        assertThatThrownBy(() -> Larder.check(TieredUrl.parse("memory:?max=0")))
                .hasMessageStartingWith("'max' of 'memory:?max=0' must be at least 1");
        assertThatThrownBy(() -> Larder.check(TieredUrl.parse("memory:?codec=jsn")))
                .hasMessageStartingWith("No codec 'jsn'.");
        assertThatThrownBy(() -> Larder.check(TieredUrl.parse("memory:?fallback=memory:%3Fmx=5")))
                .hasMessageStartingWith("Unknown parameter 'mx' in 'memory:?mx=5'.");
        assertThatThrownBy(() -> Larder.check(TieredUrl.parse("memory:?ttl=5m | memory:")))
                .hasMessageContaining("is about the cache as a whole");
        assertThatThrownBy(() -> Larder.check(TieredUrl.parse("memory:?max=0 | memory:")))
                .hasMessageContaining("'max'");
        Larder.check(TieredUrl.parse("memory:?max=5&ttl=5m&codec=string"));
        Larder.check(TieredUrl.parse("memory:?near-ttl=1s | memory:?max=5&ttl=5m"));
    }
}
