package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.CacheStats;
import io.larder.CacheWork;
import io.larder.ErrorKind;
import io.larder.Larder;
import io.larder.LarderBuilder;
import io.larder.LoadException;
import io.larder.Observation;
import io.larder.spi.BackendInfo;
import io.larder.testkit.servers.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can be seen of a Larder from outside: work, counts, caches. */
@Timeout(60)
class ObservingTest extends ObservingFixture {

    @Nested
    class Work {

        private Cache<String, byte[]> inProcess() {
            LarderBuilder builder = Larder.builder("reference:").provider(ReferenceProvider.byReference());
            return cache(builder.observer(ObservingTest.this::seeing));
        }

        @Test
        void aLoadIsSeenFromItsBeginningToItsEnd() {
            inProcess().get("42", key -> {
                seen.add("load");
                return new byte[1];
            });

            assertThat(seen).containsExactly("begin", "enter", "load", "leave", "end");
            assertThat(work).containsExactly(new CacheWork.Load("users", "42"));
        }

        @Test
        void aLoadOfManyKeysIsOne() {
            inProcess().getAll(List.of("1", "2"), keys -> Map.of("1", new byte[1]));

            assertThat(work).containsExactly(new CacheWork.Load("users", Set.of("1", "2")));
            assertThat(work.get(0).keys()).isEqualTo(2);
            assertThat(seen).containsExactly("begin", "enter", "leave", "end");
        }

        @Test
        void anAsyncLoadEndsWithItsStage() {
            CompletableFuture<byte[]> stage = new CompletableFuture<>();
            CompletableFuture<byte[]> answer = inProcess().async().get("42", key -> stage);
            Await.until("the loader is called", WAIT_MAX, () -> seen.contains("leave"));
            assertThat(seen).containsExactly("begin", "enter", "leave");

            stage.complete(new byte[1]);
            answer.join();

            assertThat(seen).containsExactly("begin", "enter", "leave", "end");
        }

        @Test
        void aFailureIsSeen() {
            assertThatThrownBy(() -> inProcess().get("42", key -> {
                        throw new IllegalStateException("no connection");
                    }))
                    .isInstanceOf(LoadException.class);

            assertThat(seen).containsExactly("begin", "enter", "leave", "end with LoadException");
        }

        @Test
        void nothingIsSeenOfAHitInTheProcess() {
            Cache<String, byte[]> cache = inProcess();
            cache.put("42", new byte[1]);

            cache.get("42", key -> new byte[2]);

            assertThat(work).isEmpty();
        }

        @Test
        void aWatcherThatThrowsHarmsNobody() {
            Cache<String, byte[]> cache = cache(builder("")
                    .observer(begun -> {
                        throw new IllegalStateException("observer");
                    })
                    .observer(begun -> new Observation() {
                        @Override
                        public Runnable enter() {
                            throw new IllegalStateException("enter");
                        }

                        @Override
                        public void end(@Nullable Throwable failure) {
                            throw new IllegalStateException("end");
                        }
                    })
                    .observer(ObservingTest.this::seeing));

            assertThat(cache.get("42", key -> new byte[1])).hasSize(1);

            assertThat(seen).contains("begin", "enter", "leave", "end");
        }

        @Test
        void callsOfABackendAreSeenWithTheirKeys() {
            Cache<String, byte[]> cache = cache(builder("").observer(ObservingTest.this::seeing));

            cache.put("a", new byte[1]);
            cache.getAll(List.of("a", "b"));
            assertThat(cache.keys("*")).containsExactly("a");
            cache.clear();

            assertThat(work)
                    .extracting(begun -> ((CacheWork.Call) begun).operation() + " " + begun.keys())
                    .containsExactly("put 1", "getAll 2", "keys 1", "keys 1", "clear 1");
            assertThat(work)
                    .allSatisfy(begun ->
                            assertThat(((CacheWork.Call) begun).address()).isEqualTo("reference:"));
            assertThat(cache.counts().callTimes().count()).isEqualTo(5);
        }

        @Test
        void eachAttemptIsACallAndWhatIsRefusedIsNone() {
            Cache<String, byte[]> cache =
                    cache(builder("?breaker=1&retries=1&on-error=throw").observer(ObservingTest.this::seeing));
            servers.get(0).down();

            assertThatThrownBy(() -> cache.get("a")).isInstanceOf(BackendException.class);
            assertThat(seen)
                    .containsExactly("begin", "end with BackendException", "begin", "end with BackendException");
            assertThatThrownBy(() -> cache.get("a")).hasMessageContaining("is not asked");

            assertThat(work).hasSize(2);
        }

        @Test
        void withoutAWatcherNoCallIsTimed() {
            Cache<String, byte[]> cache = cache(builder(""));

            cache.get("a");

            assertThat(cache.counts().callTimes().count()).isZero();
        }
    }

    @Nested
    class Counts {

        @Test
        void loadsAreTimedFailuresIncluded() {
            Cache<String, byte[]> cache = cache(builder(""));

            cache.get("a", key -> {
                clock.advance(Duration.ofMillis(30));
                return new byte[1];
            });
            assertThatThrownBy(() -> cache.get("b", key -> {
                        clock.advance(Duration.ofMillis(10));
                        throw new IllegalStateException("no connection");
                    }))
                    .isInstanceOf(LoadException.class);

            assertThat(cache.counts().loadTimes().count()).isEqualTo(2);
            assertThat(cache.counts().loadTimes().max()).isEqualTo(Duration.ofMillis(30));
            assertThat(cache.counts().loadTime()).isEqualTo(Duration.ofMillis(40));
        }

        @Test
        void errorsAreToldByKind() {
            Cache<String, byte[]> cache = cache(builder("?breaker=0"));
            servers.get(0).down();

            cache.get("a");
            cache.get("a", key -> new byte[1]);
            assertThatThrownBy(() -> cache.remove("a")).isInstanceOf(BackendException.class);
            assertThatThrownBy(() -> cache.put("a", new byte[1])).isInstanceOf(BackendException.class);
            assertThatThrownBy(cache::ping).isInstanceOf(BackendException.class);

            CacheStats counts = cache.counts();
            assertThat(counts.errorsByKind())
                    .containsEntry(ErrorKind.READ, 2L)
                    .containsEntry(ErrorKind.STORE, 1L)
                    .containsEntry(ErrorKind.CALL, 3L)
                    .containsEntry(ErrorKind.DECODE, 0L);
            assertThat(counts.errors()).isEqualTo(6);
        }

        @Test
        void aFailureThatIsThrownIsAnErrorOnce() {
            Cache<String, byte[]> cache = cache(builder("?on-error=throw"));
            servers.get(0).down();

            assertThatThrownBy(() -> cache.get("a")).isInstanceOf(BackendException.class);
            assertThatThrownBy(() -> cache.get("a", key -> new byte[1])).isInstanceOf(BackendException.class);
            assertThatThrownBy(() -> cache.getAll(List.of("a"), keys -> Map.of()))
                    .isInstanceOf(BackendException.class);

            assertThat(cache.counts().errorsByKind()).containsEntry(ErrorKind.CALL, 3L);
            assertThat(cache.counts().errors()).isEqualTo(3);
        }

        @Test
        void areToldWithoutAskingTheBackendAndWhenItIsClosed() {
            Cache<String, byte[]> cache = cache(builder("?breaker=1"));
            servers.get(0).down();
            cache.get("a");

            assertThat(cache.counts().backend().details()).containsEntry("breaker", "open");
            assertThat(cache.counts().backend().address()).isEqualTo("reference:?breaker=1");
            assertThat(cache.counts().backend().entries()).isEqualTo(BackendInfo.UNKNOWN);
            larder.close();
            assertThat(cache.counts().misses()).isEqualTo(1);
        }
    }

    @Test
    void everyCacheIsSeenOnce() {
        cache(builder(""));
        List<String> names = new ArrayList<>();

        larder.eachCache(cache -> names.add(cache.scope().toString()));
        larder.cache("users", String.class, byte[].class).build();
        larder.cache("users", String.class, byte[].class).namespace("shop").build();

        assertThat(names).containsExactly("users", "shop/users");
    }
}
