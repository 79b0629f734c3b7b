package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.ClosedException;
import io.larder.Larder;
import io.larder.WarmEntry;
import io.larder.WarmOptions;
import io.larder.WarmReport;
import io.larder.testkit.servers.Await;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a warming goes on, and how it ends. */
@Timeout(60)
class WarmingTest {

    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final HeldLoad load = new HeldLoad("value");
    private Larder larder;
    private Cache<String, String> cache;

    @BeforeEach
    void open() {
        larder = Larder.builder("reference:")
                .provider(ReferenceProvider.byReference())
                .build();
        cache = larder.cache("warmed", String.class, String.class).build();
    }

    @AfterEach
    void close() {
        load.goOn();
        larder.close();
    }

    /** Keys without an end, which are counted as they are taken. */
    private Stream<String> keys() {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "key " + i)
                .peek(key -> taken.incrementAndGet())
                .onClose(() -> closed.set(true));
    }

    @Test
    void takesNoMoreThanItWorksOn() {
        CompletableFuture<String> held = new CompletableFuture<>();
        CompletableFuture<WarmReport> warming = cache.async().warm(keys(), key -> held, WarmOptions.parallel(3));
        Await.until("three keys are taken", WITHIN, () -> taken.get() == 3);

        warming.cancel(false);
        held.complete("value");

        Await.until("the stream is closed", WITHIN, closed::get);
        assertThat(taken).hasValue(3);
    }

    @Test
    void anInterruptEndsIt() throws Exception {
        CompletableFuture<RuntimeException> thrown = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                cache.warm(keys(), load, WarmOptions.parallel(2));
            } catch (RuntimeException e) {
                thrown.complete(e);
            }
        });
        caller.start();
        load.awaitBegin();

        caller.interrupt();
        caller.join();
        load.goOn();

        assertThat(thrown.join()).isInstanceOf(BackendException.class).hasMessageContaining("Interrupted");
        Await.until("the stream is closed", WITHIN, closed::get);
    }

    @Test
    void whatAListenerThrowsEndsIt() {
        IllegalStateException enough = new IllegalStateException("enough");

        assertThatThrownBy(() -> cache.warm(keys(), key -> key, WarmOptions.DEFAULT.progress(report -> {
                    if (report.done() == 100) {
                        throw enough;
                    }
                })))
                .isSameAs(enough);
        assertThat(closed).isTrue();
    }

    @Test
    void whatTheStreamThrowsEndsIt() {
        IllegalStateException broken = new IllegalStateException("no database");

        assertThatThrownBy(() -> cache.warm(
                        keys().peek(key -> {
                            if (key.equals("key 50")) {
                                throw broken;
                            }
                        }),
                        key -> key,
                        WarmOptions.DEFAULT))
                .isSameAs(broken);
        assertThat(cache.get("key 49")).isEqualTo("key 49");
    }

    @Test
    void theEndOfTheLarderEndsIt() {
        CompletableFuture<WarmReport> warming =
                cache.async().warm(keys(), key -> CompletableFuture.completedFuture(key), WarmOptions.DEFAULT);
        Await.until("it has begun", WITHIN, () -> taken.get() > 0);

        larder.close();

        assertThatThrownBy(warming::join).hasCauseInstanceOf(ClosedException.class);
        assertThat(closed).isTrue();
    }

    @Test
    void whatCannotWorkIsRefused() {
        assertThatThrownBy(() -> WarmOptions.parallel(0)).hasMessage("parallelism must be from 1 to 1024, was 0");
        assertThatThrownBy(() -> cache.warm(Stream.of("a").map(key -> (String) null), key -> key, WarmOptions.DEFAULT))
                .hasMessage("The stream must not have null in it");
        assertThat(cache.warm(Stream.of(new WarmEntry<>((String) null, "1")), WarmOptions.DEFAULT))
                .isEqualTo(new WarmReport(0, 0, 1));
    }
}
