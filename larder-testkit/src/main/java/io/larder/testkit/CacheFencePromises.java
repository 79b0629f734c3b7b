package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.CacheEvent;
import io.larder.EntryOptions;
import io.larder.spi.Capability;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No invalidation is undone by a load that began before it. */
abstract class CacheFencePromises extends CachePromises {

    private final ExecutorService callers = Executors.newCachedThreadPool();

    CacheFencePromises(CacheContract contract) {
        super(contract, Capability.STORAGE);
    }

    @AfterEach
    void endCallers() {
        callers.shutdownNow();
    }

    /** What makes a load of key "a", tagged "x", worthless, by what it is. */
    private Map<String, Consumer<Cache<String, String>>> changes() {
        Map<String, Consumer<Cache<String, String>>> changes = new LinkedHashMap<>();
        changes.put("remove", changed -> changed.remove("a"));
        changes.put("removeAll", changed -> changed.removeAll(List.of("b", "a")));
        changes.put("expire to zero", changed -> changed.expire("a", Duration.ZERO));
        changes.put("clear", Cache::clear);
        if (contract.capabilities().contains(Capability.LISTING)) {
            changes.put("removeMatching", changed -> changed.removeMatching("a*"));
        }
        if (contract.capabilities().contains(Capability.TAGS)) {
            changes.put("invalidateTag", changed -> changed.invalidateTag("x"));
        }
        return changes;
    }

    /** What stores another value under key "a" than the one that loads. */
    private static Map<String, Consumer<Cache<String, String>>> writes() {
        Map<String, Consumer<Cache<String, String>>> writes = new LinkedHashMap<>();
        writes.put("put", changed -> changed.put("a", "new"));
        writes.put("putAll", changed -> changed.putAll(Map.of("a", "new", "b", "new")));
        writes.put("putIfAbsent", changed -> changed.putIfAbsent("a", "new"));
        return writes;
    }

    private EntryOptions options() {
        return contract.capabilities().contains(Capability.TAGS) ? EntryOptions.tagged("x") : EntryOptions.DEFAULT;
    }

    /** A load of "a" that has begun and goes on when it is told to. */
    private final class SlowLoad {

        private final CountDownLatch loading = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final CompletableFuture<@Nullable String> answer;

        SlowLoad() throws InterruptedException {
            answer = CompletableFuture.supplyAsync(() -> cache.get("a", this::load, options()), callers);
            loading.await();
        }

        private String load(String key) throws InterruptedException {
            loading.countDown();
            goOn.await();
            return "old";
        }

        @Nullable
        String end() {
            goOn.countDown();
            return answer.join();
        }
    }

    @Test
    void aValueInvalidatedWhileItLoadedIsAnsweredButNotStored() throws Exception {
        for (Map.Entry<String, Consumer<Cache<String, String>>> change :
                changes().entrySet()) {
            contract.events.clear();
            cache.clear();
            SlowLoad load = new SlowLoad();

            change.getValue().accept(cache);

            assertThat(load.end()).as("answer after %s", change.getKey()).isEqualTo("old");
            assertThat(cache.find("a")).as("entry after %s", change.getKey()).isNull();
            assertThat(contract.events)
                    .as("events after %s", change.getKey())
                    .containsExactly(new CacheEvent.LoadDropped("contract", "a"));
        }
        assertThat(cache.stats().loadsDropped()).isEqualTo(changes().size());
    }

    @Test
    void aValueWrittenWhileAnotherLoadedStays() throws Exception {
        for (Map.Entry<String, Consumer<Cache<String, String>>> write : writes().entrySet()) {
            cache.clear();
            SlowLoad load = new SlowLoad();

            write.getValue().accept(cache);

            assertThat(cache.get("a")).isEqualTo("new");
            assertThat(cache.get("a", key -> "never", options())).isEqualTo("new");
            assertThat(load.end()).as("answer after %s", write.getKey()).isEqualTo("old");
            assertThat(cache.get("a")).as("value after %s", write.getKey()).isEqualTo("new");
        }
    }

    @Test
    void aReaderWhoComesAfterTheInvalidationGetsAFreshLoad() throws Exception {
        for (Map.Entry<String, Consumer<Cache<String, String>>> change :
                changes().entrySet()) {
            cache.clear();
            SlowLoad load = new SlowLoad();

            change.getValue().accept(cache);
            CompletableFuture<@Nullable String> later =
                    CompletableFuture.supplyAsync(() -> cache.get("a", key -> "fresh", options()), callers);
            CompletableFuture<@Nullable String> laterAsync =
                    cache.async().get("a", key -> CompletableFuture.completedFuture("fresh"), options());
            CompletableFuture<Map<String, @Nullable String>> laterMany =
                    cache.async().getAll(List.of("a"), keys -> Map.of("a", "fresh"), options());

            assertThat(load.end())
                    .as("answer to the first after %s", change.getKey())
                    .isEqualTo("old");
            assertThat(later.join())
                    .as("answer to a later one after %s", change.getKey())
                    .isEqualTo("fresh");
            assertThat(laterAsync.join())
                    .as("async answer after %s", change.getKey())
                    .isEqualTo("fresh");
            assertThat(laterMany.join())
                    .as("bulk answer after %s", change.getKey())
                    .containsEntry("a", "fresh");
            assertThat(cache.get("a")).as("value after %s", change.getKey()).isEqualTo("fresh");
        }
    }

    @Test
    void aReaderFromBeforeTheInvalidationGetsAnAnswer() throws Exception {
        for (Map.Entry<String, Consumer<Cache<String, String>>> change :
                changes().entrySet()) {
            cache.clear();
            SlowLoad load = new SlowLoad();
            CompletableFuture<@Nullable String> waiter =
                    cache.async().get("a", key -> CompletableFuture.completedFuture("fresh"), options());

            change.getValue().accept(cache);

            assertThat(load.end())
                    .as("answer to the first after %s", change.getKey())
                    .isEqualTo("old");
            assertThat(waiter.join())
                    .as("answer to the waiter after %s", change.getKey())
                    .isIn("old", "fresh");
            assertThat(cache.get("a")).as("value after %s", change.getKey()).isNotEqualTo("old");
        }
    }

    @Test
    void aBulkLoadIsFencedKeyByKey() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Map<String, @Nullable String>> many = CompletableFuture.supplyAsync(
                () -> cache.getAll(List.of("a", "b", "c"), keys -> {
                    loading.countDown();
                    goOn.await();
                    return Map.of("a", "old", "b", "old", "c", "old");
                }),
                callers);
        loading.await();

        cache.remove("a");
        cache.put("b", "new");
        goOn.countDown();

        assertThat(many.join()).containsOnlyKeys("a", "b", "c");
        assertThat(cache.getAll(List.of("a", "b", "c"))).isEqualTo(Map.of("b", "new", "c", "old"));
    }

    @Test
    void changesOfOtherKeysDoNotDropALoad() throws Exception {
        SlowLoad load = new SlowLoad();

        cache.put("b", "1");
        cache.remove("b");
        if (contract.capabilities().contains(Capability.TAGS)) {
            cache.invalidateTag("y");
        }

        assertThat(load.end()).isEqualTo("old");
        assertThat(cache.get("a")).isEqualTo("old");
        assertThat(contract.events).isEmpty();
    }

    @Test
    void aLoadThatFailsAfterAnInvalidationIsToldToItsOwnCallersOnly() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<@Nullable String> first = CompletableFuture.supplyAsync(
                () -> cache.get("a", key -> {
                    loading.countDown();
                    goOn.await();
                    throw new IllegalStateException("too late");
                }),
                callers);
        loading.await();

        cache.remove("a");

        assertThat(cache.get("a", key -> "fresh")).isEqualTo("fresh");
        goOn.countDown();
        assertThat(first.handle((value, failure) -> failure).join()).isNotNull();
        assertThat(cache.get("a")).isEqualTo("fresh");
    }
}
