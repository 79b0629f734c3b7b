package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Cache;
import io.larder.CacheEvent;
import io.larder.EntryOptions;
import io.larder.LoadException;
import io.larder.spi.Capability;
import io.larder.testkit.servers.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One load for all who ask meanwhile, and its value or its error for each of them. */
abstract class CacheLoadingPromises extends CachePromises {

    private static final int THREADS = 200;
    private static final int ASYNC_CALLERS = 800;
    private static final Duration ASKED_WITHIN = Duration.ofSeconds(30);

    private final AtomicInteger loads = new AtomicInteger();

    CacheLoadingPromises(CacheContract contract) {
        super(contract);
    }

    private String load(String key) {
        return key + " loaded " + loads.incrementAndGet();
    }

    @Test
    void loadsOnAMissAndThenNoMore() {
        contract.needs(Capability.STORAGE);

        assertThat(cache.get("a", this::load)).isEqualTo("a loaded 1");
        assertThat(cache.get("a", this::load)).isEqualTo("a loaded 1");
        assertThat(cache.get("a")).isEqualTo("a loaded 1");
        assertThat(cache.get("b", this::load)).isEqualTo("b loaded 2");
    }

    @Test
    void loadsOnceForAThousandCallers() throws Exception {
        contract.needs(Capability.STORAGE);
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();

        Race.run(THREADS + 1, number -> {
            if (number < THREADS) {
                answers.add(cache.get("a", key -> {
                    loading.countDown();
                    release.await();
                    return load(key);
                }));
                return;
            }
            loading.await();
            List<CompletableFuture<@Nullable String>> asked = new ArrayList<>();
            for (int i = 0; i < ASYNC_CALLERS; i++) {
                asked.add(cache.async().get("a", key -> CompletableFuture.completedFuture(load(key))));
            }
            release.countDown();
            asked.forEach(answer -> answers.add(answer.join()));
        });

        assertThat(answers).hasSize(THREADS + ASYNC_CALLERS).containsOnly("a loaded 1");
        assertThat(loads).hasValue(1);
        assertThat(cache.stats().loads()).isEqualTo(1);
    }

    @Test
    void anErrorReachesEveryWaiterAndIsNotCached() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        IOException failure = new IOException("disk on fire");
        List<CompletableFuture<@Nullable String>> waiters = new ArrayList<>();
        waiters.add(CompletableFuture.supplyAsync(() -> cache.get("a", key -> {
            loading.countDown();
            release.await();
            throw failure;
        })));
        loading.await();
        for (int i = 0; i < 50; i++) {
            waiters.add(cache.async().get("a", key -> CompletableFuture.failedFuture(failure)));
        }

        release.countDown();

        for (CompletableFuture<@Nullable String> waiter : waiters) {
            assertThatThrownBy(() -> View.join(waiter))
                    .isInstanceOf(LoadException.class)
                    .hasMessageContaining("Cannot load key 'a' of cache 'contract'")
                    .hasMessageContaining("disk on fire")
                    .hasCause(failure);
        }
        assertThat(cache.contains("a")).isFalse();
        assertThat(cache.get("a", this::load)).isEqualTo("a loaded 1");
        assertThat(contract.events).isNotEmpty().allMatch(event -> event instanceof CacheEvent.LoadFailed);
        assertThat(cache.stats().loadFailures()).isPositive();
    }

    @Test
    void theLoadAfterAFailedOneIsStored() {
        contract.needs(Capability.STORAGE);
        assertThatThrownBy(() -> cache.get("a", key -> {
                    throw new IllegalStateException("no database");
                }))
                .isInstanceOf(LoadException.class);

        cache.get("a", this::load);

        assertThat(cache.get("a")).isEqualTo("a loaded 1");
    }

    @Test
    void anErrorOfTheJvmReachesTheCallerToo() {
        assertThatThrownBy(() -> cache.get("a", key -> {
                    throw new StackOverflowError("too deep");
                }))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("too deep")
                .hasCauseInstanceOf(StackOverflowError.class);
        assertThat(cache.get("a", this::load)).isEqualTo("a loaded 1");
    }

    @Test
    void aLoaderThatAsksForItsOwnKeyIsTold() {
        assertThatThrownBy(() -> cache.get("a", key -> cache.get("a", this::load)))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("key 'a' of cache 'contract'")
                .hasMessageContaining("must not ask for its own key");
        assertThat(cache.get("a", this::load)).isEqualTo("a loaded 1");
    }

    @Test
    void aLoaderThatAsksForItsOwnKeyThroughAnotherIsTold() {
        assertThatThrownBy(() -> cache.get("a", key -> cache.get("b", second -> cache.get("a", this::load))))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("must not ask for its own key");
        assertThat(loads).hasValue(0);
        assertThat(cache.get("a", this::load)).isEqualTo("a loaded 1");
    }

    @Test
    void anAsyncLoaderThatAsksForItsOwnKeyIsTold() {
        CompletableFuture<@Nullable String> answer = cache.async()
                .get("a", key -> cache.async().get("a", inner -> CompletableFuture.completedFuture("never")));

        assertThatThrownBy(() -> View.join(answer.orTimeout(30, TimeUnit.SECONDS)))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("must not ask for its own key");
    }

    @Test
    void twoLoadersThatAskForEachOthersKeyAreTold() throws Exception {
        CyclicBarrier bothLoading = new CyclicBarrier(2);
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

        Race.run(2, number -> {
            String mine = number == 0 ? "a" : "b";
            String other = number == 0 ? "b" : "a";
            try {
                cache.get(mine, key -> {
                    bothLoading.await(30, TimeUnit.SECONDS);
                    return cache.get(other, this::load);
                });
            } catch (LoadException e) {
                failures.add(e);
            }
        });

        assertThat(failures)
                .isNotEmpty()
                .allMatch(failure -> String.valueOf(failure.getMessage()).contains("must not ask for its own key"));
        assertThat(cache.get("c", this::load)).startsWith("c loaded");
    }

    @Test
    void aLoaderMayAskForOtherKeysAndWriteThem() {
        contract.needs(Capability.STORAGE);

        String answer = cache.get("a", key -> {
            cache.put("c", "written");
            return cache.get("b", this::load) + ", then a";
        });

        assertThat(answer).isEqualTo("b loaded 1, then a");
        assertThat(cache.get("b")).isEqualTo("b loaded 1");
        assertThat(cache.get("c")).isEqualTo("written");
        assertThat(cache.get("a")).isEqualTo(answer);
    }

    @Test
    void nothingIsNotCachedUnlessAsked() {
        assertThat(cache.get("a", key -> null)).isNull();

        assertThat(cache.contains("a")).isFalse();
        assertThat(cache.get("a", this::load)).isEqualTo("a loaded 1");
    }

    @Test
    void whoJoinsALoadThatBringsNothingIsToldSo() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<@Nullable String> first = CompletableFuture.supplyAsync(() -> cache.get("a", key -> {
            loading.countDown();
            release.await();
            return null;
        }));
        loading.await();
        CompletableFuture<@Nullable String> joined =
                cache.async().get("a", key -> CompletableFuture.completedFuture(load(key)));
        CompletableFuture<Map<String, @Nullable String>> joinedMany =
                cache.async().getAll(List.of("a"), keys -> Map.of("a", load("a")));
        Await.until("all have asked", ASKED_WITHIN, () -> cache.stats().misses() == 3);

        release.countDown();

        assertThat(first.join()).isNull();
        assertThat(joined.join()).isNull();
        assertThat(joinedMany.join()).isEmpty();
        assertThat(loads).as("loads of those who joined").hasValue(0);
        assertThat(cache.contains("a")).isFalse();
    }

    @Test
    void nothingIsCachedForTheMissTtl() {
        contract.needs(Capability.STORAGE);
        Duration missTtl = Duration.ofMillis(100);
        Cache<String, String> negative =
                contract.cache("negative", builder -> builder.ttl(TTL).missTtl(missTtl));

        assertThat(negative.get("a", key -> null)).isNull();
        assertThat(negative.get("a", this::load)).isNull();
        assertThat(negative.contains("a")).isTrue();
        pass(missTtl);
        assertThat(negative.get("a", this::load)).isEqualTo("a loaded 1");
        assertThat(negative.get("b", key -> null, EntryOptions.DEFAULT.missTtl(Duration.ZERO)))
                .isNull();
        assertThat(negative.contains("b")).isFalse();
    }

    @Test
    void aLoaderThatPutsItsOwnKeyIsAnsweredAndThePutStays() {
        contract.needs(Capability.STORAGE);

        String answer = cache.get("a", key -> {
            cache.put("a", "put");
            return "loaded";
        });

        assertThat(answer).isIn("loaded", "put");
        assertThat(cache.get("a")).isEqualTo("put");
    }
}
