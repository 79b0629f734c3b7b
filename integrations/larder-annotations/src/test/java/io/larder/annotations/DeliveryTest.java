package io.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.TypeRef;
import io.larder.testkit.ReferenceProvider;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kotlin.ResultKt;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Methods that do not wait: futures, Reactor, and Kotlin's suspend as its compiler makes it. */
class DeliveryTest {

    interface Api {

        @Cached(cache = "stages", key = "{id}", tags = "t:{result}", unless = "{result.empty}")
        CompletionStage<String> stage(String id);

        @Cached(cache = "options", missTtl = "1m")
        CompletableFuture<Optional<String>> optional(String id);

        @Cached(cache = "monos", missTtl = "1m")
        Mono<String> mono(String id);

        @Cached(cache = "fluxes")
        Flux<Integer> flux(int count);

        @Cached(cache = "suspended", key = "{0}")
        Object suspended(String id, Continuation<? super String> continuation);

        @CachePut(cache = "stages", key = "{id}")
        CompletableFuture<String> put(String id, String value);

        @Invalidate(cache = "stages", tags = "t:{value}")
        CompletableFuture<Void> invalidate(String value);

        @Invalidate(cache = "stages", key = "{id}", beforeInvocation = true)
        Mono<Void> invalidateBefore(String id);
    }

    private final Larder larder = Larder.builder("reference:")
            .provider(ReferenceProvider.byReference())
            .build();
    private final AtomicInteger called = new AtomicInteger();

    private final class Source implements Api {

        @Override
        public CompletionStage<String> stage(String id) {
            called.incrementAndGet();
            return id.equals("bad")
                    ? CompletableFuture.failedFuture(new IllegalStateException("bad id"))
                    : CompletableFuture.supplyAsync(() -> id);
        }

        @Override
        public CompletableFuture<Optional<String>> optional(String id) {
            called.incrementAndGet();
            return CompletableFuture.completedFuture(id.isEmpty() ? Optional.empty() : Optional.of(id));
        }

        @Override
        public Mono<String> mono(String id) {
            return Mono.deferContextual(context -> {
                called.incrementAndGet();
                return switch (id) {
                    case "" -> Mono.empty();
                    case "bad" -> Mono.error(new IllegalStateException("bad id"));
                    default -> Mono.just(id + context.getOrDefault("who", "?"));
                };
            });
        }

        @Override
        public Flux<Integer> flux(int count) {
            called.incrementAndGet();
            return Flux.range(0, count);
        }

        @Override
        @SuppressWarnings("unchecked")
        public Object suspended(String id, Continuation<? super String> continuation) {
            called.incrementAndGet();
            if (id.equals("at once")) {
                return id;
            }
            Continuation<Object> caller = (Continuation<Object>) (Continuation<?>) continuation;
            called(() -> caller.resumeWith(
                    id.equals("bad") ? ResultKt.createFailure(new IllegalStateException("bad id")) : id));
            return IntrinsicsKt.getCOROUTINE_SUSPENDED();
        }

        private void called(Runnable later) {
            new Thread(later, "resumes").start();
        }

        @Override
        public CompletableFuture<String> put(String id, String value) {
            return CompletableFuture.completedFuture(value);
        }

        @Override
        public CompletableFuture<Void> invalidate(String value) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Mono<Void> invalidateBefore(String id) {
            return Mono.error(new IllegalStateException("after all"));
        }
    }

    private final Api api = CachedCalls.on(larder).proxy(Api.class, new Source());

    @AfterEach
    void close() {
        larder.close();
    }

    private static <T> T of(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void stagesAreCachedByWhatTheyBring() {
        assertThat(of(api.stage("a"))).isEqualTo("a");
        assertThat(of(api.stage("a"))).isEqualTo("a");
        of(api.stage(""));
        of(api.stage(""));

        assertThat(called).hasValue(3);
    }

    @Test
    void failedStageFailsItsCallersWithItsOwnException() {
        assertThatThrownBy(() -> of(api.stage("bad")))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("bad id");
    }

    @Test
    void stagesPutAndInvalidate() {
        of(api.stage("a"));
        of(api.put("a", "b"));
        assertThat(of(api.stage("a"))).isEqualTo("b");
        of(api.stage("c"));
        of(api.invalidate("c"));
        of(api.stage("c"));

        assertThat(called).hasValue(3);
        assertThatThrownBy(() -> api.invalidateBefore("c").block(Duration.ofSeconds(10)))
                .hasMessage("after all");
        of(api.stage("c"));
        assertThat(called).hasValue(4);
    }

    @Test
    void optionalInAStageIsCached() {
        assertThat(of(api.optional(""))).isEmpty();
        assertThat(of(api.optional(""))).isEmpty();
        assertThat(of(api.optional("a"))).contains("a");

        assertThat(called).hasValue(2);
    }

    @Test
    void monoAsksTheCacheForEachSubscriber() {
        Mono<String> mono = api.mono("a").contextWrite(context -> context.put("who", "!"));
        assertThat(called).hasValue(0);

        assertThat(mono.block(Duration.ofSeconds(10))).isEqualTo("a!");
        assertThat(mono.block(Duration.ofSeconds(10))).isEqualTo("a!");
        assertThat(api.mono("").block(Duration.ofSeconds(10))).isNull();
        assertThat(api.mono("").block(Duration.ofSeconds(10))).isNull();

        assertThat(called).hasValue(2);
        assertThatThrownBy(() -> api.mono("bad").block(Duration.ofSeconds(10)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("bad id");
    }

    @Test
    void fluxIsCachedAsAList() {
        assertThat(api.flux(3).collectList().block(Duration.ofSeconds(10))).isEqualTo(List.of(0, 1, 2));
        assertThat(api.flux(3).collectList().block(Duration.ofSeconds(10))).isEqualTo(List.of(0, 1, 2));

        assertThat(called).hasValue(1);
    }

    /** Calls as code compiled by Kotlin does. */
    private CompletableFuture<Object> suspended(String id) {
        CompletableFuture<Object> future = new CompletableFuture<>();
        Object answer = api.suspended(id, new Continuation<String>() {
            @Override
            public CoroutineContext getContext() {
                return EmptyCoroutineContext.INSTANCE;
            }

            @Override
            public void resumeWith(Object result) {
                try {
                    ResultKt.throwOnFailure(result);
                    future.complete(result);
                } catch (Throwable thrown) {
                    future.completeExceptionally(thrown);
                }
            }
        });
        if (answer != IntrinsicsKt.getCOROUTINE_SUSPENDED()) {
            future.complete(answer);
        }
        return future;
    }

    @Test
    void suspendedCallIsCachedWhetherItSuspendsOrNot() {
        assertThat(of(suspended("later"))).isEqualTo("later");
        assertThat(of(suspended("later"))).isEqualTo("later");
        assertThat(of(suspended("at once"))).isEqualTo("at once");
        assertThat(of(suspended("at once"))).isEqualTo("at once");

        assertThat(called).hasValue(2);
        assertThatThrownBy(() -> of(suspended("bad"))).cause().hasMessage("bad id");
    }

    @Test
    void memoOfAFunctionThatReturnsAFuture() {
        Memo<String, CompletableFuture<Integer>> lengths = CachedCalls.on(larder)
                .memoize(
                        "lengths",
                        new TypeRef<CompletableFuture<Integer>>() {},
                        word -> {
                            called.incrementAndGet();
                            return CompletableFuture.completedFuture(word.length());
                        },
                        EntryOptions.DEFAULT);

        assertThat(of(lengths.apply("larder"))).isEqualTo(6);
        assertThat(of(lengths.apply("larder"))).isEqualTo(6);
        assertThat(called).hasValue(1);
        assertThat(lengths.cache().get(lengths.key("larder"))).isEqualTo(6);
    }
}
