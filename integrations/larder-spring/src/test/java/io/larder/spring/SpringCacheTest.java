package io.larder.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Larder;
import io.larder.TypeRef;
import io.larder.testkit.FakeClock;
import io.larder.testkit.ReferenceProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.cache.Cache.ValueRetrievalException;
import org.springframework.cache.interceptor.SimpleKey;

/** What Spring's Javadoc of {@code Cache} asks for. */
class SpringCacheTest {

    private final FakeClock clock = new FakeClock();
    private final Larder larder = Larder.builder("reference:?ttl=1m")
            .provider(ReferenceProvider.byReference())
            .clock(clock)
            .build();
    private final LarderCaches caches =
            new LarderCaches(larder, new TransactionTiming(), Map.of("texts", TypeRef.of(String.class)));
    private final Cache cache = caches.getCache("books");

    @AfterEach
    void close() {
        larder.close();
    }

    @Test
    void keepsValuesAndNulls() {
        cache.put("a", "A");
        cache.put("none", null);

        assertThat(cache.get("a").get()).isEqualTo("A");
        assertThat(cache.get("none").get()).isNull();
        assertThat(cache.get("other")).isNull();
        assertThat(cache.get("a", String.class)).isEqualTo("A");
        assertThat(cache.get("none", String.class)).isNull();
        assertThatThrownBy(() -> cache.get("a", Long.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must be a java.lang.Long");
        clock.advance(Duration.ofMinutes(2));
        assertThat(cache.get("none")).isNull();
    }

    @Test
    void keysThatDifferAreKeptApart() {
        List<Object> keys = List.of(
                "1",
                1,
                1L,
                "#1",
                "##1",
                new SimpleKey(),
                new SimpleKey(1, "a"),
                new SimpleKey("1", "a"),
                List.of(1, "a"));

        keys.forEach(key -> cache.put(key, key));

        assertThat(keys).allSatisfy(key -> assertThat(cache.get(key).get()).isEqualTo(key));
    }

    @Test
    void loadsOnceForManyCallersAndKeepsNull() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        List<CompletableFuture<String>> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            callers.add(CompletableFuture.supplyAsync(() -> cache.get("slow", () -> {
                loads.incrementAndGet();
                begun.countDown();
                end.await();
                return "done";
            })));
        }
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        end.countDown();

        assertThat(callers)
                .allSatisfy(
                        caller -> assertThat(caller.get(10, TimeUnit.SECONDS)).isEqualTo("done"));
        assertThat(loads).hasValue(1);
        assertThat(cache.<Object>get("null", () -> null)).isNull();
        assertThat(cache.get("null").get()).isNull();
    }

    @Test
    void failedLoaderIsToldAsSpringDoes() {
        assertThatThrownBy(() -> cache.get("bad", () -> {
                    throw new IOException("no disk");
                }))
                .isInstanceOf(ValueRetrievalException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(cache.get("bad")).isNull();
    }

    @Test
    void retrievesWithoutWaiting() throws Exception {
        assertThat(cache.retrieve("a")).isNull();
        assertThat(cache.retrieve("a", () -> CompletableFuture.completedFuture("A"))
                        .get(10, TimeUnit.SECONDS))
                .isEqualTo("A");
        assertThat(((Cache.ValueWrapper) cache.retrieve("a").get(10, TimeUnit.SECONDS)).get())
                .isEqualTo("A");
        assertThat(cache.retrieve("n", () -> CompletableFuture.completedFuture(null))
                        .get(10, TimeUnit.SECONDS))
                .isNull();
        assertThat(((Cache.ValueWrapper) cache.retrieve("n").get(10, TimeUnit.SECONDS)).get())
                .isNull();
        assertThatThrownBy(() -> cache.retrieve("bad", () -> CompletableFuture.failedFuture(new IOException("no disk")))
                        .get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void removesAndSaysWhetherThereWasSomething() {
        cache.put("a", "A");

        assertThat(cache.putIfAbsent("a", "B").get()).isEqualTo("A");
        assertThat(cache.putIfAbsent("b", "B")).isNull();
        assertThat(cache.evictIfPresent("a")).isTrue();
        assertThat(cache.evictIfPresent("a")).isFalse();
        cache.evict("b");
        assertThat(cache.get("b")).isNull();
        cache.put("c", "C");
        assertThat(cache.invalidate()).isTrue();
        assertThat(cache.get("c")).isNull();
        assertThat(cache.invalidate()).isFalse();
        cache.put("c", "C");
        cache.clear();
        assertThat(cache.get("c")).isNull();
    }

    @Test
    void cachesAreNamedTypedAndReset() {
        caches.getCache("texts").put("a", "A");

        assertThat(caches.getCacheNames()).containsExactly("books", "texts");
        assertThat(caches.getCache("texts")).isSameAs(caches.getCache("texts"));
        assertThat(larder.cache("texts", String.class, String.class).build().get("a"))
                .isEqualTo("A");
        assertThat(cache.getNativeCache()).isInstanceOf(io.larder.Cache.class);
        caches.resetCaches();
        assertThat(caches.getCache("texts").get("a")).isNull();
    }
}
