package io.larder.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.LoadException;
import io.larder.spi.Backend;
import io.larder.testkit.FakeClock;
import io.larder.testkit.FlakyBackend;
import io.larder.testkit.ReferenceProvider;
import io.larder.url.CacheUrl;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Meters of caches in and outside the process. */
class LarderMetricsTest {

    private final FakeClock clock = new FakeClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<FlakyBackend<String, byte[]>> servers = new CopyOnWriteArrayList<>();
    private final Larder remote = Larder.builder("reference:?breaker=3")
            .provider(ReferenceProvider.ofBytes(this::flaky))
            .clock(clock)
            .observer(new LarderTimers(registry))
            .build();

    private Backend<String, byte[]> flaky(Backend<String, byte[]> below) {
        servers.add(new FlakyBackend<>(below));
        return servers.get(servers.size() - 1);
    }

    private Cache<String, byte[]> users() {
        return remote.cache("users", String.class, byte[].class)
                .staleFor(Duration.ofMinutes(1))
                .build();
    }

    private double counter(String name, String... tags) {
        return registry.get(name).tags(tags).functionCounter().count();
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    @AfterEach
    void close() {
        remote.close();
    }

    @Test
    void cachesThatAreOpenAndThoseThatAreOpenedLaterAreMetered() {
        users().get("a");
        new LarderMetrics(remote, Tags.of("app", "shop")).bindTo(registry);
        Cache<String, byte[]> later = remote.cache("orders", String.class, byte[].class)
                .namespace("shop")
                .version(2)
                .build();

        later.put("a", new byte[1]);

        assertThat(counter("cache.gets", "cache", "users", "app", "shop", "result", "miss"))
                .isEqualTo(1);
        assertThat(counter("cache.puts", "cache", "shop/orders v2", "app", "shop"))
                .isEqualTo(1);
    }

    @Test
    void loadsAreCountedAndTimed() {
        new LarderMetrics(remote, Tags.empty()).bindTo(registry);
        Cache<String, byte[]> users = users();

        users.get("a", key -> {
            clock.advance(Duration.ofMillis(300));
            return new byte[1];
        });
        assertThatThrownBy(() -> users.get("b", key -> {
                    clock.advance(Duration.ofMillis(200));
                    throw new IllegalStateException("no connection");
                }))
                .isInstanceOf(LoadException.class);
        users.get("c", key -> {
            users.remove("c");
            return new byte[1];
        });

        assertThat(counter("cache.load", "cache", "users", "result", "success")).isEqualTo(2);
        assertThat(counter("cache.load", "cache", "users", "result", "failure")).isEqualTo(1);
        assertThat(counter("cache.load.dropped", "backend", "reference")).isEqualTo(1);
        assertThat(gauge("cache.load.duration", "cache", "users")).isEqualTo(0.5);
        assertThat(gauge("cache.load.max", "cache", "users")).isEqualTo(0.3);
        assertThat(registry.get("cache.loads")
                        .tags("cache", "users", "outcome", "success")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("cache.loads")
                        .tags("outcome", "failure")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void staleAnswersRemovalsErrorsAndTheBreakerAreTold() {
        new LarderMetrics(remote, Tags.empty()).bindTo(registry);
        Cache<String, byte[]> users = users();
        users.put("a", new byte[1], EntryOptions.ttl(Duration.ofSeconds(1)));
        users.put("b", new byte[1]);
        users.remove("b");
        clock.advance(Duration.ofSeconds(2));
        users.get("a", key -> new byte[2]);

        assertThat(counter("cache.stale", "cache", "users")).isEqualTo(1);
        assertThat(counter("cache.removals", "cache", "users")).isEqualTo(1);
        assertThat(gauge("cache.breaker", "state", "closed")).isEqualTo(1);
        assertThat(gauge("cache.breaker", "state", "open")).isZero();

        servers.get(0).down();
        users.get("x");
        users.get("x");
        assertThatThrownBy(() -> users.remove("a")).isInstanceOf(BackendException.class);

        assertThat(counter("cache.errors", "kind", "read")).isEqualTo(2);
        assertThat(counter("cache.errors", "kind", "call")).isEqualTo(1);
        assertThat(gauge("cache.breaker", "state", "open")).isEqualTo(1);
        assertThat(gauge("cache.breaker", "state", "closed")).isZero();
    }

    @Test
    void callsOfABackendAreTimedByOperation() {
        Cache<String, byte[]> users = users();
        users.put("a", new byte[1]);
        servers.get(0).failBefore("get"::equals);
        users.get("a");

        assertThat(timer("operation", "put", "outcome", "success").count()).isEqualTo(1);
        assertThat(timer("operation", "get", "outcome", "failure").count()).isEqualTo(1);
        assertThat(timer("operation", "put", "cache", "users").totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
    }

    private Timer timer(String... tags) {
        return registry.get("cache.calls").tags(tags).timer();
    }

    @Test
    void sizeIsToldWhereItCostsNothing() {
        try (Larder near = Larder.builder("reference:")
                .provider(ReferenceProvider.byReference())
                .build()) {
            new LarderMetrics(near, Tags.empty()).bindTo(registry);
            near.cache("near", String.class, String.class).build().put("a", "1");
            new LarderMetrics(remote, Tags.empty()).bindTo(registry);
            users();

            assertThat(gauge("cache.size", "cache", "near")).isEqualTo(1);
            assertThat(registry.find("cache.size").tag("cache", "users").gauge())
                    .isNull();
            assertThat(registry.find("cache.breaker").tag("cache", "near").gauge())
                    .isNull();
        }
    }

    @Test
    void tiersAndRoutesAreTold() {
        try (Larder many = Larder.builder("reference:?near-ttl=1m | reference://far")
                .provider(ReferenceProvider.ofBytes(FlakyBackend::new))
                .observer(new LarderTimers(registry))
                .route("users", "session:", CacheUrl.parse("reference://sessions"))
                .build()) {
            new LarderMetrics(many, Tags.empty()).bindTo(registry);
            Cache<String, byte[]> users =
                    many.cache("users", String.class, byte[].class).build();

            users.put("a", new byte[1]);
            users.get("a");
            users.get("a");

            assertThat(counter("cache.tier.reads", "cache", "users", "tier", "2"))
                    .isEqualTo(1);
            assertThat(gauge("cache.breaker", "backend", "reference", "state", "closed"))
                    .isEqualTo(1);
            assertThat(gauge("cache.breaker", "backend", "reference://sessions", "state", "closed"))
                    .isEqualTo(1);
            assertThat(timer("operation", "put", "backend", "reference").count())
                    .isEqualTo(1);
        }
    }

    @Test
    void tagsThatAreNamedAreCounted() {
        try (Larder counting = Larder.builder("reference:?count-tags=team:7")
                .provider(ReferenceProvider.byReference())
                .build()) {
            new LarderMetrics(counting, Tags.empty()).bindTo(registry);
            Cache<String, byte[]> users =
                    counting.cache("users", String.class, byte[].class).build();

            users.put("a", new byte[1], EntryOptions.tagged("team:7", "user:42"));
            users.get("a");
            users.invalidateTag("team:7");

            for (String what : List.of("hits", "puts", "removals")) {
                assertThat(counter("cache.tag." + what, "cache", "users", "tag", "team:7"))
                        .isEqualTo(1);
            }
            assertThat(registry.find("cache.tag.hits").tag("tag", "user:42").meters())
                    .isEmpty();
        }
    }

    @Test
    void copiesInThisProcessAreCounted() {
        try (Larder tiered = Larder.builder("reference:?near-ttl=1m | reference://far")
                .provider(ReferenceProvider.byReference())
                .build()) {
            new LarderMetrics(tiered, Tags.empty()).bindTo(registry);
            Cache<String, byte[]> users =
                    tiered.cache("users", String.class, byte[].class).build();

            users.put("a", new byte[1]);
            users.get("a");

            assertThat(gauge("cache.tier.size", "cache", "users", "tier", "1")).isEqualTo(1);
        }
    }

    @Test
    void aClosedLarderKeepsItsCounts() {
        new LarderMetrics(remote, Tags.empty()).bindTo(registry);
        users().get("a");

        remote.close();

        assertThat(counter("cache.gets", "result", "miss")).isEqualTo(1);
    }
}
