package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.CacheEvent;
import io.larder.Larder;
import io.larder.codec.DecimalCodec;
import io.larder.layer.ForwardingBackend;
import io.larder.spi.Backend;
import io.larder.spi.Reply;
import io.larder.testkit.servers.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** When a backend that fails is not asked any more, and when it is asked again. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class BreakerTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final String URL = "reference:?on-error=throw&breaker=3&breaker-pause=5s";

    @Parameter
    View view = View.SYNC;

    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock();
    private final List<CacheEvent> events = new CopyOnWriteArrayList<>();
    private final List<StalledBackend<String, byte[]>> stalled = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger pings = new AtomicInteger();
    private volatile boolean down;
    /** Whether the backend has several servers, and whether one of them answers. */
    private volatile boolean several;

    private volatile boolean oneAnswers;
    private final AtomicInteger pingsOfAny = new AtomicInteger();
    private @Nullable Larder larder;

    private Backend<String, byte[]> unreliable(Backend<String, byte[]> below) {
        stalled.add(new StalledBackend<>(below));
        FlakyBackend<String, byte[]> failing = new FlakyBackend<>(stalled.get(stalled.size() - 1));
        failing.failBefore(method -> {
            if (method.equals("info")) {
                return false;
            }
            (method.equals("ping") ? pings : calls).incrementAndGet();
            return down;
        });
        return new ForwardingBackend<>(failing) {
            @Override
            public @Nullable Reply<@Nullable Void> pingAny() {
                if (!several) {
                    return null;
                }
                pingsOfAny.incrementAndGet();
                return oneAnswers ? Reply.none() : Reply.failed(BackendException.passing("None answers", null));
            }
        };
    }

    private Cache<String, byte[]> open(String url) {
        larder = Larder.builder(url)
                .provider(ReferenceProvider.ofBytes(this::unreliable))
                .clock(clock)
                .listener(events::add)
                .build();
        return cache("users");
    }

    private Cache<String, byte[]> cache(String name) {
        return view.cache(larder.cache(name, String.class, byte[].class).build());
    }

    @AfterEach
    void close() {
        if (larder != null) {
            larder.close();
        }
    }

    private static void fail(int times, Cache<String, byte[]> cache) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> cache.get("a")).isInstanceOf(BackendException.class);
        }
    }

    private static String state(Cache<String, byte[]> cache) {
        return cache.stats().backend().details().get("breaker");
    }

    private static void awaitClosed(Cache<String, byte[]> cache) {
        Await.until("the breaker is closed", WAIT_MAX, () -> state(cache).equals("closed"));
    }

    @Test
    void opensAfterSoManyFailuresInARow() {
        Cache<String, byte[]> cache = open(URL);
        assertThat(state(cache)).isEqualTo("closed");
        down = true;

        fail(3, cache);
        assertThat(calls).hasValue(3);
        assertThat(state(cache)).isEqualTo("open");

        assertThatThrownBy(() -> cache.put("a", new byte[1]))
                .isInstanceOfSatisfying(
                        BackendException.class,
                        refused -> assertThat(refused.isTransient()).isTrue())
                .hasMessage(URL + " has failed 3 calls in a row and is not asked, but pinged every 5s."
                        + " The last failure: Flaky backend: 'get' fails before it takes effect");
        assertThatThrownBy(() -> cache.keys("*").toList()).hasMessageContaining("is not asked");
        assertThat(calls).hasValue(3);
        assertThat(cache.stats().backend().address()).isEqualTo(URL);
    }

    @Test
    void isSharedByTheCachesOfALarder() {
        Cache<String, byte[]> cache = open(URL);
        Cache<String, byte[]> other = cache("others");
        down = true;

        fail(2, cache);
        fail(1, other);

        assertThat(state(cache)).isEqualTo("open");
        fail(1, other);
        assertThat(calls).hasValue(3);
    }

    @Test
    void staysClosedWhenACallSucceedsInBetween() {
        Cache<String, byte[]> cache = open(URL);
        for (int i = 0; i < 3; i++) {
            down = true;
            fail(2, cache);
            down = false;
            cache.put("a", new byte[1]);
        }

        assertThat(state(cache)).isEqualTo("closed");
    }

    @Test
    void doesNotCountWhatIsNoFailureOfTheBackend() {
        Cache<String, byte[]> cache = open(URL);
        Cache<String, Long> numbers = view.cache(larder.cache("numbers", String.class, Long.class)
                .codec(new DecimalCodec())
                .build());
        numbers.put("a", Long.MAX_VALUE);

        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> numbers.counters().add("a", 1)).isInstanceOf(ArithmeticException.class);
        }

        assertThat(state(cache)).isEqualTo("closed");
    }

    @Test
    void countsTimeouts() {
        Cache<String, byte[]> cache = open(URL + "&timeout=1ms");
        stalled.forEach(StalledBackend::stall);

        fail(3, cache);

        assertThat(events).hasExactlyElementsOfTypes(CacheEvent.BreakerOpened.class);
        stalled.forEach(StalledBackend::release);
    }

    @Test
    void staysClosedWhileOneOfSeveralServersAnswersAndAsksOncePerPause() {
        Cache<String, byte[]> cache = open(URL);
        several = true;
        oneAnswers = true;
        down = true;

        fail(20, cache);
        assertThat(state(cache)).isEqualTo("closed");
        assertThat(calls).hasValue(20);
        assertThat(pingsOfAny).hasValue(1);

        clock.advance(PAUSE);
        fail(3, cache);
        assertThat(pingsOfAny).hasValue(2);
        assertThat(events).isEmpty();
    }

    @Test
    void opensWhenNoneOfSeveralServersAnswers() {
        Cache<String, byte[]> cache = open(URL);
        several = true;
        down = true;

        fail(3, cache);

        assertThat(state(cache)).isEqualTo("open");
        assertThat(events).hasExactlyElementsOfTypes(CacheEvent.BreakerOpened.class);
        fail(5, cache);
        assertThat(calls).hasValue(3);
        assertThat(pingsOfAny).hasValue(1);
    }

    @Test
    void closesWhenOneOfSeveralServersAnswers() {
        Cache<String, byte[]> cache = open(URL);
        several = true;
        down = true;
        fail(3, cache);
        oneAnswers = true;

        clock.advance(PAUSE);
        fail(1, cache);

        awaitClosed(cache);
        fail(1, cache);
        assertThat(calls).hasValue(4);
        assertThat(pings).hasValue(0);
    }

    @Test
    void withASpareEveryServerHasToAnswer() {
        Cache<String, byte[]> cache = open(URL + "&fallback=none:&ledger=" + folder.toString());
        several = true;
        oneAnswers = true;
        down = true;

        fail(3, cache);

        assertThat(state(cache)).isEqualTo("open");
        assertThat(pingsOfAny).hasValue(0);
    }

    @Test
    void sendsOnePingAfterThePauseAndLetsNobodyWaitForIt() {
        Cache<String, byte[]> cache = open(URL + "&timeout=never");
        down = true;
        fail(3, cache);
        clock.advance(PAUSE.minusMillis(1));
        fail(1, cache);
        assertThat(state(cache)).isEqualTo("open");
        down = false;
        stalled.forEach(StalledBackend::stall);

        clock.advance(Duration.ofMillis(1));
        fail(5, cache);

        assertThat(state(cache)).isEqualTo("half-open");
        stalled.forEach(StalledBackend::release);
        awaitClosed(cache);
        assertThat(cache.get("a")).isNull();
        assertThat(pings).hasValue(1);
    }

    @Test
    void isOpenForAnotherPauseWhenThePingFails() {
        Cache<String, byte[]> cache = open(URL);
        down = true;
        fail(3, cache);

        clock.advance(PAUSE);
        fail(1, cache);
        Await.until(
                "the ping has failed",
                WAIT_MAX,
                () -> pings.get() == 1 && state(cache).equals("open"));
        down = false;
        fail(3, cache);
        assertThat(state(cache)).isEqualTo("open");

        clock.advance(PAUSE);
        fail(1, cache);
        awaitClosed(cache);
        assertThat(pings).hasValue(2);
        assertThat(calls).hasValue(3);
    }

    @Test
    void aPingOfTheCallersOwnIsNeverRefusedAndClosesIt() {
        Cache<String, byte[]> cache = open(URL);
        down = true;
        fail(3, cache);
        assertThatThrownBy(cache::ping).hasMessageContaining("Flaky backend");
        down = false;

        cache.ping();

        assertThat(state(cache)).isEqualTo("closed");
        cache.put("a", new byte[1]);
    }

    @Test
    void readsAreMissesAndLoadersAreAskedWhileItIsOpen() {
        Cache<String, byte[]> cache = open(URL.replace("on-error=throw&", ""));
        down = true;
        for (int i = 0; i < 3; i++) {
            assertThat(cache.get("a")).isNull();
        }

        assertThat(cache.get("a")).isNull();
        assertThat(cache.get("a", key -> new byte[2])).hasSize(2);
        assertThat(calls).hasValue(3);
    }

    @Test
    void tellsTheListenersOnce() {
        Cache<String, byte[]> cache = open(URL);
        down = true;
        fail(10, cache);
        down = false;
        cache.ping();
        cache.ping();

        assertThat(events)
                .hasExactlyElementsOfTypes(CacheEvent.BreakerOpened.class, CacheEvent.BreakerClosed.class)
                .allSatisfy(event -> {
                    assertThat(event.cache()).isEqualTo("users");
                    assertThat(event.key()).isEqualTo(URL);
                });
    }

    @Test
    void aCallThatBeganBeforeItOpenedDoesNotCloseIt() {
        Cache<String, byte[]> cache = open(URL + "&timeout=never");
        stalled.forEach(StalledBackend::stall);
        CompletableFuture<byte[]> before = larder.cache("users", String.class, byte[].class)
                .build()
                .async()
                .get("a");
        down = true;
        fail(3, cache);

        stalled.forEach(StalledBackend::release);
        before.join();

        assertThat(state(cache)).isEqualTo("open");
    }

    @Test
    void thereIsNoneWhenItIsSetToZero() {
        Cache<String, byte[]> cache = open("reference:?on-error=throw&breaker=0");
        down = true;

        fail(50, cache);

        assertThat(calls).hasValue(50);
        assertThat(cache.stats().backend().details()).doesNotContainKey("breaker");
    }

    @Test
    void thereIsNoneInTheProcess() {
        try (Larder none = Larder.open("none:?breaker=1")) {
            assertThat(none.cache("users", String.class, String.class)
                            .build()
                            .stats()
                            .backend()
                            .details())
                    .isEmpty();
        }
    }
}
