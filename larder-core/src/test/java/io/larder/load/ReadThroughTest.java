package io.larder.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.LoadException;
import io.larder.Loader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loads through {@code none:}, so that every read is a miss and only the flights are shared. */
@Timeout(60)
class ReadThroughTest {

    private static final int CALLERS = 16;

    private final Larder larder = Larder.open("none:");
    private final Cache<String, String> cache =
            larder.cache("users", String.class, String.class).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger loads = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        larder.close();
    }

    /** Keeps a loader busy until {@code callers} wait for it, and a little work besides. */
    private void awaitCallers(int callers) {
        while (cache.stats().misses() < callers) {
            Thread.onSpinWait();
        }
    }

    private <T> List<Future<T>> start(int count, Callable<T> call) {
        return Collections.nCopies(count, call).stream().map(threads::submit).toList();
    }

    @Nested
    class ManyCallers {

        @Test
        void shareOneLoad() throws Exception {
            List<Future<String>> answers = new ArrayList<>(start(CALLERS / 2, () -> cache.get("a", this::load)));
            answers.addAll(start(
                    CALLERS / 2,
                    () -> cache.async()
                            .get("a", key -> CompletableFuture.completedFuture(load(key)))
                            .get()));

            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("value of a");
            }
            assertThat(loads).hasValue(1);
            assertThat(cache.stats().loads()).isEqualTo(1);
        }

        private String load(String key) {
            loads.incrementAndGet();
            awaitCallers(CALLERS);
            return "value of " + key;
        }

        @Test
        void allGetTheLoadersFailureAndTheNextOneLoadsAgain() {
            IOException down = new IOException("database down");
            Loader<String, String> failing = key -> {
                loads.incrementAndGet();
                awaitCallers(CALLERS);
                throw down;
            };

            for (Future<String> answer : start(CALLERS, () -> cache.get("a", failing))) {
                assertThatThrownBy(answer::get)
                        .cause()
                        .isInstanceOf(LoadException.class)
                        .hasMessage("Cannot load key 'a' of cache 'users': java.io.IOException: database down")
                        .hasCause(down);
            }
            assertThat(loads).hasValue(1);
            assertThat(cache.get("a", key -> "again")).isEqualTo("again");
        }

        @Test
        void allGetAnErrorOfTheLoader() {
            Loader<String, String> failing = key -> {
                awaitCallers(CALLERS);
                throw new StackOverflowError();
            };

            for (Future<String> answer : start(CALLERS, () -> cache.get("a", failing))) {
                assertThatThrownBy(answer::get)
                        .cause()
                        .isInstanceOf(LoadException.class)
                        .hasCauseInstanceOf(StackOverflowError.class);
            }
        }

        @Test
        void allGetTheFailureOfAnAsyncLoadersStage() {
            for (Throwable failure : List.of(new IOException("down"), new AssertionError("bug"))) {
                CompletableFuture<String> stage = new CompletableFuture<>();
                List<CompletableFuture<String>> answers = List.of(
                        cache.async().get("a", key -> stage), cache.async().get("a", key -> stage));

                stage.completeExceptionally(failure);

                for (CompletableFuture<String> answer : answers) {
                    assertThatThrownBy(answer::get)
                            .isInstanceOf(ExecutionException.class)
                            .cause()
                            .isInstanceOf(LoadException.class)
                            .hasCause(failure);
                }
            }
        }

        @Test
        void oneWhoIsInterruptedLeavesTheOthersAlone() throws Exception {
            CompletableFuture<String> stage = new CompletableFuture<>();
            CompletableFuture<String> first = cache.async().get("a", key -> stage);
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread waiter = new Thread(() -> {
                try {
                    cache.get("a", key -> "not asked");
                } catch (RuntimeException expected) {
                    interrupted.complete(Thread.currentThread().isInterrupted());
                }
            });
            waiter.start();
            awaitCallers(2);

            waiter.interrupt();

            assertThat(interrupted.get()).isTrue();
            stage.complete("value");
            assertThat(first.get()).isEqualTo("value");
        }

        @Test
        void aLoadThatWasInvalidatedIsNotGivenToThoseWhoComeLater() {
            String first = cache.get("a", key -> {
                cache.remove("a");
                assertThat(cache.async()
                                .get("a", later -> CompletableFuture.completedFuture("new"))
                                .join())
                        .isEqualTo("new");
                return "old";
            });

            assertThat(first).isEqualTo("old");
            assertThat(cache.stats().loadsDropped()).isEqualTo(1);
        }
    }

    @Nested
    class OwnKey {

        private static final String ASKS =
                "The loader of key 'a' of cache 'users' asks for key 'a' of cache 'users', which waits for it";

        @Test
        void askedForDirectlyIsToldSo() {
            assertThatThrownBy(() -> cache.get("a", key -> cache.get(key, again -> "never")))
                    .isInstanceOf(LoadException.class)
                    .hasMessageStartingWith(ASKS);
        }

        @Test
        void askedForAsynchronouslyIsToldSo() {
            assertThatThrownBy(() -> cache.async()
                            .get(
                                    "a",
                                    key -> cache.async().get(key, again -> CompletableFuture.completedFuture("never")))
                            .join())
                    .cause()
                    .isInstanceOf(LoadException.class)
                    .hasMessageStartingWith(ASKS);
        }

        @Test
        void askedForThroughAnotherKeyIsToldSo() {
            assertThatThrownBy(() -> cache.get("a", a -> cache.get("b", b -> cache.get("a", again -> "never"))))
                    .isInstanceOf(LoadException.class)
                    .hasMessageStartingWith("The loader of key 'b' of cache 'users' asks for key 'a'");
        }

        @Test
        void askedForThroughAnotherCacheIsToldSo() {
            Cache<String, String> teams =
                    larder.cache("teams", String.class, String.class).build();

            assertThatThrownBy(() -> cache.get("a", a -> teams.get("t", t -> cache.get("a", again -> "never"))))
                    .isInstanceOf(LoadException.class)
                    .hasMessageContaining("key 't' of cache 'teams' asks for key 'a' of cache 'users'");
        }

        @Test
        void askedForByABulkLoaderIsToldSo() {
            assertThatThrownBy(() -> cache.getAll(
                            Set.of("a", "b"), keys -> Map.of("a", String.valueOf(cache.get("b", again -> "never")))))
                    .isInstanceOf(LoadException.class)
                    .hasMessageStartingWith("The loader of 2 keys of cache 'users' asks for key 'b'");
        }

        @Test
        void askedForByTwoLoadersOfEachOtherIsToldSo() {
            CyclicBarrier bothLoad = new CyclicBarrier(2);
            Future<String> a = threads.submit(() -> cache.get("a", key -> {
                bothLoad.await();
                return cache.get("b", again -> "never");
            }));
            Future<String> b = threads.submit(() -> cache.get("b", key -> {
                bothLoad.await();
                return cache.get("a", again -> "never");
            }));

            assertThatThrownBy(a::get).cause().isInstanceOf(LoadException.class).hasMessageContaining(" asks for ");
            assertThatThrownBy(b::get).cause().isInstanceOf(LoadException.class).hasMessageContaining(" asks for ");
        }

        @Test
        void anotherKeyIsAllowedAndFreeAfterwards() {
            assertThat(cache.get("a", a -> cache.get("b", b -> "value"))).isEqualTo("value");
            assertThat(cache.get("b", b -> cache.get("a", a -> "value"))).isEqualTo("value");
        }
    }
}
