package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.AsyncCache;
import io.larder.BackendException;
import io.larder.Cache;
import io.larder.CacheEvent;
import io.larder.CodecException;
import io.larder.Larder;
import io.larder.LarderBuilder;
import io.larder.OnError;
import io.larder.codec.DecimalCodec;
import io.larder.layer.ForwardingBackend;
import io.larder.spi.Backend;
import io.larder.spi.Codec;
import io.larder.spi.Entry;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.Lookup;
import io.larder.spi.Reply;
import io.larder.testkit.servers.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What fails beside the backend must not leave a key that nobody can load, or store, any more. */
@Timeout(20)
class TroubleTest {

    private final List<CacheEvent> events = new ArrayList<>();

    private LarderBuilder builder() {
        return Larder.builder("reference:").provider(ReferenceProvider.ofBytes());
    }

    @Test
    void aLoadThatCouldNotBeStoredDoesNotKeepTheNextFromBeingStored() {
        AtomicBoolean broken = new AtomicBoolean(true);
        AtomicInteger loads = new AtomicInteger();
        try (Larder larder = builder().listener(events::add).build()) {
            Cache<String, Long> cache = larder.cache("numbers", String.class, Long.class)
                    .codec(failingWhile(broken))
                    .build();

            assertThat(cache.get("key", key -> (long) loads.incrementAndGet())).isEqualTo(1);
            broken.set(false);
            assertThat(cache.get("key", key -> (long) loads.incrementAndGet())).isEqualTo(2);
            assertThat(cache.get("key", key -> (long) loads.incrementAndGet())).isEqualTo(2);
            assertThat(events).hasSize(1).allMatch(event -> event instanceof CacheEvent.StoreFailed);
        }
    }

    @Test
    void anExecutorThatRejectsALoadDoesNotKeepTheNextFromRunning() {
        AtomicBoolean full = new AtomicBoolean(true);
        Executor executor = task -> {
            if (full.get()) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        };
        try (Larder larder = builder().executor(executor).build()) {
            Cache<String, Long> cache = larder.cache("numbers", String.class, Long.class)
                    .codec(new DecimalCodec())
                    .build();

            assertThatThrownBy(() -> cache.async()
                            .get("key", key -> CompletableFuture.completedFuture(1L))
                            .join())
                    .hasRootCauseInstanceOf(RejectedExecutionException.class);
            full.set(false);
            assertThat(cache.async()
                            .get("key", key -> CompletableFuture.completedFuture(2L))
                            .join())
                    .isEqualTo(2);
            assertThat(cache.get("key")).isEqualTo(2);
        }
    }

    /** Grants the first lease, and tells who asked for it when the test says so. */
    private static final class LateAnswer extends ForwardingBackend<String, byte[]> {

        private final CompletableFuture<Lookup<byte[]>> answer;
        private boolean later;

        LateAnswer(Backend<String, byte[]> below, CompletableFuture<Lookup<byte[]>> answer) {
            super(below);
            this.answer = answer;
        }

        @Override
        public Reply<? extends Lookup<byte[]>> getOrLease(String key, String token, LeaseTerms terms) {
            Reply<? extends Lookup<byte[]>> granted = below.getOrLease(key, token, terms);
            Reply<? extends Lookup<byte[]>> told = later ? granted : Reply.pending(answer);
            later = true;
            return told;
        }
    }

    @Test
    void aLeaseWhoseAnswerIsLostKeepsNobodyWaiting() {
        CompletableFuture<Lookup<byte[]>> answer = new CompletableFuture<>();
        try (Larder larder = Larder.builder("reference:")
                .provider(ReferenceProvider.ofBytes(below -> new LateAnswer(below, answer)))
                .executor(Runnable::run)
                .build()) {
            AsyncCache<String, Long> cache = larder.cache("numbers", String.class, Long.class)
                    .codec(new DecimalCodec())
                    .onError(OnError.THROW)
                    .build()
                    .async();
            CompletableFuture<Long> first = cache.get("key", key -> CompletableFuture.completedFuture(1L));
            CompletableFuture<Long> second = cache.get("key", key -> CompletableFuture.completedFuture(2L));

            answer.completeExceptionally(BackendException.passing("connection lost", null));

            assertThat(second.join()).isEqualTo(2);
            assertThatThrownBy(first::join).hasMessageContaining("connection lost");
        }
    }

    @Test
    @Timeout(60)
    void aLeaseThatIsBrokenBeforeItIsToldKeepsNobodyWaiting() {
        CompletableFuture<Lookup<byte[]>> answer = new CompletableFuture<>();
        try (Larder larder = Larder.builder("reference:")
                .provider(ReferenceProvider.ofBytes(below -> new LateAnswer(below, answer)))
                .executor(Runnable::run)
                .build()) {
            AsyncCache<String, Long> cache = larder.cache("numbers", String.class, Long.class)
                    .codec(new DecimalCodec())
                    .build()
                    .async();
            CompletableFuture<Long> first = cache.get("key", key -> CompletableFuture.completedFuture(1L));
            CompletableFuture<Long> second = cache.get("key", key -> CompletableFuture.completedFuture(2L));
            cache.put("key", 3L).join();

            answer.complete(new Entry<>("3".getBytes(StandardCharsets.UTF_8), Lifetime.endless(0), Set.of()));

            assertThat(first.join()).isEqualTo(3);
            assertThat(second.join()).isEqualTo(3);
        }
    }

    @Test
    void aReaderWhoFallsBackToALoadFromBeforeAnInvalidationAsksAgain() throws Exception {
        ReferenceProvider shared = ReferenceProvider.shared(UnaryOperator.identity());
        UnreliableProvider ours = new UnreliableProvider(shared);
        HeldLoad before = new HeldLoad("before");
        HeldLoad theirs = new HeldLoad("theirs");
        ExecutorService callers = Executors.newCachedThreadPool();
        try (Larder larder = Larder.builder("reference:").provider(ours).build();
                Larder other = Larder.builder("reference:").provider(shared).build()) {
            Cache<String, String> cache = CacheContract.texts(larder, "texts").build();
            ours.flaky().down();
            callers.execute(() -> cache.get("a", before));
            before.awaitBegin();
            ours.flaky().up();
            cache.remove("a");
            callers.execute(() -> CacheContract.texts(other, "texts").build().get("a", theirs));
            theirs.awaitBegin();

            AtomicInteger asked = new AtomicInteger();
            ours.flaky().failBefore(method -> method.equals("getOrLease") && asked.incrementAndGet() == 2);
            CompletableFuture<String> later = cache.async().get("a", key -> CompletableFuture.completedFuture("since"));
            Await.until("the reader waits", Duration.ofSeconds(20), () -> asked.get() == 2);
            before.goOn();

            assertThat(later.join()).isEqualTo("since");
        } finally {
            theirs.goOn();
            callers.shutdownNow();
        }
    }

    private static Codec<Long, byte[]> failingWhile(AtomicBoolean broken) {
        DecimalCodec decimals = new DecimalCodec();
        return new Codec<>() {
            @Override
            public byte[] encode(Long value) {
                if (broken.get()) {
                    throw new CodecException("broken", null);
                }
                return decimals.encode(value);
            }

            @Override
            public Long decode(byte[] encoded) {
                return decimals.decode(encoded);
            }
        };
    }
}
