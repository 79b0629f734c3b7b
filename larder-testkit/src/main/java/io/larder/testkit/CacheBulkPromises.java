package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.larder.BulkLoadException;
import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.LoadException;
import io.larder.PartialLoadException;
import io.larder.spi.Capability;
import io.larder.testkit.servers.Await;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many keys load in one call, and only those that are missing. */
abstract class CacheBulkPromises extends CachePromises {

    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final ConcurrentLinkedQueue<Set<String>> asked = new ConcurrentLinkedQueue<>();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    CacheBulkPromises(CacheContract contract) {
        super(contract);
    }

    @AfterEach
    void endCallers() {
        callers.shutdownNow();
    }

    private Map<String, String> load(Set<String> keys) {
        asked.add(Set.copyOf(keys));
        Map<String, String> values = new TreeMap<>();
        keys.forEach(key -> values.put(key, key + " loaded"));
        return values;
    }

    @Test
    void loadsOnlyWhatIsMissingInOneCall() {
        contract.needs(Capability.STORAGE);
        cache.put("b", "there");

        Map<String, String> values = cache.getAll(List.of("c", "b", "a", "c"), this::load);

        assertThat(values).containsExactly(entry("c", "c loaded"), entry("b", "there"), entry("a", "a loaded"));
        assertThat(asked).containsExactly(Set.of("a", "c"));
        assertThat(cache.get("a")).isEqualTo("a loaded");
        assertThat(cache.getAll(List.of("a", "b", "c"), this::load)).hasSize(3);
        assertThat(asked).hasSize(1);
    }

    @Test
    void noKeysAskNobody() {
        assertThat(cache.getAll(List.of(), this::load)).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void whatTheLoaderLeavesOutIsLeftOutAndWhatItAddsIsIgnored() {
        Map<String, @Nullable String> loaded = new HashMap<>();
        loaded.put("a", "1");
        loaded.put("nothing", null);
        loaded.put("unasked", "2");

        Map<String, String> values = cache.getAll(List.of("a", "nothing", "left out"), keys -> loaded);

        assertThat(values).containsExactly(entry("a", "1"));
        assertThat(cache.contains("unasked")).isFalse();
        assertThat(cache.contains("nothing")).isFalse();
        assertThat(cache.contains("left out")).isFalse();
    }

    @Test
    void aCachedNothingIsNullInTheMapAndNotAskedAgain() {
        contract.needs(Capability.STORAGE);
        Cache<String, String> negative = contract.cache("negative", builder -> builder.missTtl(TTL));

        assertThat(negative.getAll(List.of("a", "b"), keys -> Map.of("a", "1")))
                .containsExactly(entry("a", "1"), entry("b", null));
        assertThat(negative.getAll(List.of("b", "a"), this::load)).containsExactly(entry("b", null), entry("a", "1"));
        assertThat(asked).isEmpty();
    }

    @Test
    void anErrorIsThrownAndNothingIsStored() {
        contract.needs(Capability.STORAGE);
        cache.put("b", "there");

        assertThatThrownBy(() -> cache.getAll(List.of("a", "b", "c"), keys -> {
                    throw new IllegalStateException("no database");
                }))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("of cache 'contract'")
                .hasMessageContaining("no database")
                .hasCauseInstanceOf(IllegalStateException.class);

        assertThat(cache.getAll(List.of("a", "b", "c"))).isEqualTo(Map.of("b", "there"));
        assertThat(cache.getAll(List.of("a", "b", "c"), this::load)).hasSize(3);
        assertThat(asked.stream().flatMap(Set::stream))
                .as("keys that were asked for, together or, while their leases are given back, one by one")
                .containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void anErrorOfSomeKeysIsToldOfThemAndTheRestIsStored() {
        contract.needs(Capability.STORAGE);
        cache.put("b", "there");
        IllegalStateException gone = new IllegalStateException("gone");

        assertThatThrownBy(() -> cache.getAll(List.of("a", "b", "c", "d"), keys -> {
                    throw new PartialLoadException(Map.of("a", "1"), Map.of("c", gone));
                }))
                .isInstanceOfSatisfying(BulkLoadException.class, some -> {
                    assertThat(some.values()).isEqualTo(Map.of("a", "1", "b", "there"));
                    assertThat(some.failures()).isEqualTo(Map.of("c", gone));
                })
                .hasMessage("Cannot load 1 of 4 keys, the first of them key 'c' of cache 'contract': " + gone)
                .hasCause(gone);

        assertThat(cache.getAll(List.of("a", "b", "c", "d"))).isEqualTo(Map.of("a", "1", "b", "there"));
        assertThat(cache.getAll(List.of("a", "b", "c"), this::load)).containsEntry("c", "c loaded");
        assertThat(asked).containsExactly(Set.of("c"));
    }

    @Test
    void whatAnotherCacheTellsOfIsNotTakenForItsOwn() {
        Cache<String, String> other = contract.cache("other", builder -> builder);
        IllegalStateException gone = new IllegalStateException("gone");

        assertThatThrownBy(() -> cache.getAll(
                        List.of("a", "b"),
                        keys -> other.getAll(keys, same -> {
                            throw new PartialLoadException(Map.of("a", "of the other"), Map.of("b", gone));
                        })))
                .isExactlyInstanceOf(LoadException.class)
                .hasRootCause(gone);

        assertThat(cache.contains("a")).isFalse();
    }

    @Test
    void anErrorOfALoadThatItWaitsForIsToldOfItsKey() throws Exception {
        contract.needs(Capability.STORAGE);
        IllegalStateException gone = new IllegalStateException("gone");
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<@Nullable String> single = CompletableFuture.supplyAsync(() -> cache.get("a", key -> {
            loading.countDown();
            release.await();
            throw gone;
        }));
        loading.await();

        assertThatThrownBy(() -> cache.getAll(List.of("a", "b"), keys -> {
                    release.countDown();
                    if (keys.contains("a")) {
                        throw gone;
                    }
                    return load(keys);
                }))
                .isInstanceOfSatisfying(BulkLoadException.class, some -> {
                    assertThat(some.values()).isEqualTo(Map.of("b", "b loaded"));
                    assertThat(some.failures()).isEqualTo(Map.of("a", gone));
                });

        assertThatThrownBy(single::join).hasCauseInstanceOf(LoadException.class);
        assertThat(cache.get("b")).isEqualTo("b loaded");
    }

    @Test
    void waitsForWhatIsLoadingAlready() throws Exception {
        contract.needs(Capability.STORAGE);
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<@Nullable String> single = CompletableFuture.supplyAsync(() -> cache.get("a", key -> {
            loading.countDown();
            release.await();
            return "single";
        }));
        loading.await();
        CompletableFuture<Map<String, @Nullable String>> many = cache.async().getAll(List.of("a", "b"), keys -> {
            release.countDown();
            return load(keys);
        });

        assertThat(many.join()).containsExactly(entry("a", "single"), entry("b", "b loaded"));
        assertThat(single.join()).isEqualTo("single");
        assertThat(asked).containsExactly(Set.of("b"));
    }

    @Test
    void othersWaitForWhatItLoads() throws Exception {
        contract.needs(Capability.STORAGE);
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Map<String, @Nullable String>> many =
                CompletableFuture.supplyAsync(() -> cache.getAll(List.of("a", "b"), keys -> {
                    loading.countDown();
                    release.await();
                    return load(keys);
                }));
        loading.await();
        CompletableFuture<@Nullable String> single =
                cache.async().get("b", key -> CompletableFuture.completedFuture("single"));

        release.countDown();

        assertThat(many.join()).containsOnlyKeys("a", "b");
        assertThat(single.join()).isEqualTo("b loaded");
    }

    @Test
    void overlappingCallsDoNotWaitForEachOtherForever() throws Exception {
        contract.needs(Capability.STORAGE);
        AtomicInteger loaded = new AtomicInteger();
        for (int round = 0; round < 20; round++) {
            String x = "x" + round;
            String y = "y" + round;
            String z = "z" + round;
            List<List<String>> orders = List.of(List.of(x, y), List.of(y, x), List.of(y, z), List.of(z, x, y));

            Race.run(Race.THREADS, number -> {
                List<String> keys = orders.get(number % orders.size());
                Map<String, String> values = cache.getAll(keys, missing -> {
                    loaded.addAndGet(missing.size());
                    return load(missing);
                });
                assertThat(values.keySet()).containsExactlyElementsOf(keys);
            });
        }

        assertThat(loaded).hasValue(60);
    }

    /** A load that has begun and goes on when it is told to. */
    private final class HeldLoad {

        private final CountDownLatch loading = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final CompletableFuture<?> answer;

        HeldLoad(String key) throws InterruptedException {
            answer = CompletableFuture.supplyAsync(() -> cache.get(key, this::old), callers);
            loading.await();
        }

        HeldLoad(String first, String... others) throws InterruptedException {
            List<String> keys =
                    Stream.concat(Stream.of(first), Stream.of(others)).toList();
            answer = CompletableFuture.supplyAsync(
                    () -> cache.getAll(keys, asked -> asked.contains(first) ? Map.of(first, old(first)) : load(asked)),
                    callers);
            loading.await();
        }

        private String old(String key) throws InterruptedException {
            loading.countDown();
            goOn.await();
            return key + " held";
        }

        Object end() {
            goOn.countDown();
            return answer.orTimeout(WITHIN.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    /**
     * Both calls were shown the loads of x and y, which are invalidated while they wait for something else, so that each has to load
     * what the other waits for. A call that took a lease before it is that key's turn would keep the other waiting for ever.
     */
    @Test
    void callsThatTakeOverDroppedLoadsDoNotWaitForEachOther() throws Exception {
        contract.needs(Capability.STORAGE);
        HeldLoad w = new HeldLoad("w");
        HeldLoad x = new HeldLoad("x");
        HeldLoad y = new HeldLoad("y");
        HeldLoad one = new HeldLoad("1", "w", "x", "y");
        HeldLoad two = new HeldLoad("2", "y", "x");

        cache.remove("y");
        y.end();
        one.goOn.countDown();
        Await.until("the first call waits for w", WITHIN, () -> cache.contains("1"));
        cache.remove("x");
        x.end();
        two.goOn.countDown();
        Await.until("the second call waits for the first, or has gone on", WITHIN, () -> cache.contains("2"));

        assertThat(w.end()).isEqualTo("w held");
        assertThat(one.end()).isEqualTo(Map.of("1", "1 held", "w", "w held", "x", "x loaded", "y", "y loaded"));
        assertThat(two.end()).isEqualTo(Map.of("2", "2 held", "y", "y loaded", "x", "x loaded"));
    }

    @Test
    void aLoaderThatAsksForItsOwnKeysIsTold() {
        assertThatThrownBy(() -> cache.getAll(List.of("a", "b"), keys -> cache.getAll(List.of("b"), this::load)))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("must not ask for its own key");
        // Other keys: the leases on those of before may still be on their way back.
        assertThatThrownBy(() -> cache.getAll(List.of("c", "d"), keys -> Map.of("c", cache.get("c", key -> "1"))))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("must not ask for its own key");
    }

    @Test
    void theCallsOptionsHold() {
        contract.needs(Capability.STORAGE);

        cache.getAll(List.of("a"), this::load, EntryOptions.ttl(TTL));

        pass(TTL);
        assertThat(cache.contains("a")).isFalse();
    }
}
