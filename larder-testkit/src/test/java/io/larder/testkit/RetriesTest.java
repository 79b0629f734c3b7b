package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.ConfigException;
import io.larder.Larder;
import io.larder.codec.DecimalCodec;
import io.larder.spi.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Which calls are made again when they fail, and how often. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class RetriesTest {

    private static final String URL = "reference:?on-error=throw&breaker=0";

    @Parameter
    View view = View.SYNC;

    private final FakeClock clock = new FakeClock();
    private final List<FlakyBackend<String, byte[]>> flaky = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private @Nullable Larder larder;
    private Cache<String, Long> cache;

    private Backend<String, byte[]> unreliable(Backend<String, byte[]> below) {
        flaky.add(new FlakyBackend<>(below));
        return flaky.get(flaky.size() - 1);
    }

    private void open(String url) {
        close();
        larder = Larder.builder(url)
                .provider(ReferenceProvider.ofBytes(this::unreliable))
                .clock(clock)
                .build();
        cache = view.cache(larder.cache("numbers", String.class, Long.class)
                .codec(new DecimalCodec())
                .build());
    }

    @BeforeEach
    void open() {
        open(URL + "&retries=3");
    }

    @AfterEach
    void close() {
        if (larder != null) {
            larder.close();
        }
    }

    /** Fails the calls that {@code chosen} accepts by their number, from 1. */
    private void failing(Predicate<Integer> chosen) {
        calls.set(0);
        flaky.forEach(backend -> backend.failBefore(method -> chosen.test(calls.incrementAndGet())));
    }

    private Map<String, ThrowingCallable> repeated() {
        Map<String, ThrowingCallable> repeated = new LinkedHashMap<>();
        repeated.put("get", () -> cache.get("a"));
        repeated.put("getAll", () -> cache.getAll(List.of("a")));
        repeated.put("remove", () -> cache.remove("a"));
        repeated.put("removeAll", () -> cache.removeAll(List.of("a")));
        repeated.put("invalidateTag", () -> cache.invalidateTag("x"));
        repeated.put("removeMatching", () -> cache.removeMatching("a*"));
        repeated.put("clear", cache::clear);
        repeated.put("ping", cache::ping);
        repeated.put("stats", cache::stats);
        return repeated;
    }

    private Map<String, ThrowingCallable> madeOnce() {
        Map<String, ThrowingCallable> madeOnce = new LinkedHashMap<>();
        madeOnce.put("put", () -> cache.put("a", 1L));
        madeOnce.put("putAll", () -> cache.putAll(Map.of("a", 1L)));
        madeOnce.put("putIfAbsent", () -> cache.putIfAbsent("a", 1L));
        madeOnce.put("replace", () -> cache.replace("a", 1L));
        madeOnce.put("expire", () -> cache.expire("a", Duration.ofDays(1)));
        madeOnce.put("add", () -> cache.counters().add("a", 1));
        madeOnce.put("get with a loader", () -> cache.get("a", key -> 1L));
        madeOnce.put("keys", () -> cache.keys("*").toList());
        return madeOnce;
    }

    @Test
    void readsAndRemovalsAreRepeatedUntilTheySucceed() {
        repeated().forEach((what, call) -> {
            failing(number -> number <= 3);

            assertThatCode(call).as(what).doesNotThrowAnyException();

            assertThat(calls).as("calls of %s", what).hasValue(4);
        });
    }

    @Test
    void theLastFailureIsThrownWhenAllTriesFailed() {
        repeated().forEach((what, call) -> {
            failing(number -> true);

            assertThatThrownBy(call)
                    .as(what)
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("Flaky backend");

            assertThat(calls).as("calls of %s", what).hasValue(4);
        });
    }

    @Test
    void whatIsNotSafeToRepeatIsNot() {
        madeOnce().forEach((what, call) -> {
            failing(number -> true);

            assertThatThrownBy(call).as(what).isInstanceOf(BackendException.class);

            assertThat(calls).as("calls of %s", what).hasValue(1);
        });
    }

    @Test
    void aRemovalWhoseAnswerWasLostIsRepeatedAndFindsNothing() {
        cache.put("a", 1L);
        calls.set(0);
        flaky.forEach(backend -> backend.failAfter(method -> calls.incrementAndGet() == 1));

        assertThat(cache.remove("a")).isFalse();
        assertThat(calls).hasValue(2);
    }

    @Test
    void nothingIsRepeatedAfterTheTimeout() {
        open(URL + "&retries=3&timeout=1s");
        failing(number -> {
            clock.advance(Duration.ofMillis(600));
            return true;
        });

        assertThatThrownBy(() -> cache.get("a")).isInstanceOf(BackendException.class);

        assertThat(calls).hasValue(2);
    }

    @Test
    void withoutATimeoutTheNumberAloneCounts() {
        open(URL + "&retries=1&timeout=never");
        failing(number -> {
            clock.advance(Duration.ofDays(600));
            return number == 1;
        });

        assertThat(cache.get("a")).isNull();
        assertThat(calls).hasValue(2);
    }

    @Test
    void nothingIsRepeatedWhereNobodySaid() {
        open(URL);
        failing(number -> true);

        assertThatThrownBy(() -> cache.get("a")).isInstanceOf(BackendException.class);

        assertThat(calls).hasValue(1);
    }

    @Test
    void theBuilderGoesOverTheUrl() {
        Cache<String, Long> never = larder.cache("other", String.class, Long.class)
                .codec(new DecimalCodec())
                .retries(0)
                .build();
        failing(number -> true);

        assertThatThrownBy(() -> never.get("a")).isInstanceOf(BackendException.class);

        assertThat(calls).hasValue(1);
        assertThatThrownBy(() -> larder.cache("other", String.class, Long.class).retries(-1))
                .hasMessage("retries must not be negative, was -1");
        assertThatThrownBy(() -> Larder.open("none:?retries=2M"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("'retries' must be at most 1000000, was 2000000");
    }
}
