package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.RefreshJob;
import io.larder.WarmOptions;
import io.larder.WarmReport;
import io.larder.testkit.servers.Await;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the rounds of a refresh come, and when they end. */
@Timeout(60)
class RefreshingTest {

    private static final Duration PERIOD = Duration.ofHours(1);
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final FakeClock clock = new FakeClock();
    private final List<String> keys = new CopyOnWriteArrayList<>(List.of("a"));
    private final Queue<String> loaded = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lookedAt = new AtomicInteger();
    private volatile boolean failing;
    private Larder larder;
    private Cache<String, String> cache;

    @BeforeEach
    void open() {
        larder = Larder.builder("reference:")
                .provider(ReferenceProvider.byReference())
                .clock(clock)
                .build();
        cache = larder.cache("refreshed", String.class, String.class).build();
    }

    @AfterEach
    void close() {
        larder.close();
    }

    private RefreshJob refresh() {
        return cache.refreshEvery(PERIOD, this::listed, this::load, WarmOptions.DEFAULT);
    }

    private Stream<String> listed() {
        lookedAt.incrementAndGet();
        return keys.stream();
    }

    private String load(String key) {
        loaded.add(key);
        if (failing && key.equals("a")) {
            throw new IllegalStateException("no database");
        }
        return key + " at " + clock.nanos();
    }

    private static void awaitReport(RefreshJob job, WarmReport report) {
        Await.until("the report is " + report, WITHIN, () -> job.report().equals(report));
    }

    @Test
    void keysAreListedAnewInEachRound() {
        RefreshJob job = refresh();
        awaitReport(job, new WarmReport(1, 0, 0));
        keys.add("b");

        clock.advance(PERIOD.multipliedBy(11).dividedBy(10));

        awaitReport(job, new WarmReport(3, 0, 0));
        assertThat(loaded).containsExactlyInAnyOrder("a", "a", "b");
    }

    @Test
    void whatFailedIsTriedAgainAfterLongerAndLongerPauses() {
        failing = true;
        keys.add("b");
        RefreshJob job = refresh();
        awaitReport(job, new WarmReport(1, 0, 1));

        // Between half of it and the whole: 1 s, 2 s, 4 s.
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofMillis((500L << i) - 1));
            assertThat(lookedAt).as("rounds before pause %d", i).hasValue(i + 1);
            clock.advance(Duration.ofMillis((500L << i) + 1));
            awaitReport(job, new WarmReport(1, i + 1, i + 2));
        }
        failing = false;
        clock.advance(Duration.ofSeconds(8));
        awaitReport(job, new WarmReport(2, 4, 4));

        assertThat(loaded).filteredOn("b"::equals).hasSize(1);
    }

    @Test
    void aRoundWhoseKeysCannotBeListedIsTriedAgain() {
        AtomicInteger tries = new AtomicInteger();
        RefreshJob job = cache.refreshEvery(
                PERIOD,
                () -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new IllegalStateException("no database");
                    }
                    return keys.stream();
                },
                this::load);
        Await.until("it has failed", WITHIN, () -> tries.get() == 1);

        Await.until("it is tried again", WITHIN, () -> {
            clock.advance(Duration.ofSeconds(1));
            return tries.get() == 2;
        });

        Await.until("the key is loaded", WITHIN, () -> job.report().stored() > 0);
    }

    @Test
    void aClosedJobLoadsNothing() {
        RefreshJob job = refresh();
        awaitReport(job, new WarmReport(1, 0, 0));

        job.close();
        job.close();
        clock.advance(PERIOD.multipliedBy(2));

        try (RefreshJob after = refresh()) {
            awaitReport(after, new WarmReport(1, 0, 0));
        }
        assertThat(loaded).hasSize(2);
        assertThat(job.report()).isEqualTo(new WarmReport(1, 0, 0));
    }

    @Test
    void aCacheThatIsOffIsNotRefreshed() {
        Cache<String, String> other =
                larder.cache("other", String.class, String.class).build();
        cache.disable();

        refresh();
        awaitReport(other.refreshEvery(PERIOD, () -> Stream.of("a"), key -> "1"), new WarmReport(1, 0, 0));
        assertThat(loaded).isEmpty();
        cache.enable();

        // More than once, because nobody is told when a round without keys has ended.
        Await.until("it is refreshed", WITHIN, () -> {
            clock.advance(PERIOD);
            return !loaded.isEmpty();
        });
    }

    @Test
    void aPeriodTooShortIsRefused() {
        assertThatThrownBy(() -> cache.refreshEvery(Duration.ofMillis(99), this::listed, this::load))
                .hasMessage("period must be at least 100ms, was 99ms");
    }
}
