package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.RefreshJob;
import io.larder.WarmReport;
import io.larder.spi.Capability;
import io.larder.testkit.servers.Await;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keys are loaded again in each period, by one process, while readers get what there is. */
abstract class CacheRefreshPromises extends CachePromises {

    private static final Duration PERIOD = Duration.ofMinutes(1);
    /** Rounds begin within the first tenth of a period. */
    private static final Duration NEXT_ROUND = PERIOD.multipliedBy(11).dividedBy(10);

    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final AtomicInteger loads = new AtomicInteger();

    CacheRefreshPromises(CacheContract contract) {
        super(contract, Capability.STORAGE);
    }

    private String load(String key) {
        return key + " " + loads.incrementAndGet();
    }

    private static RefreshJob refresh(Cache<String, String> refreshed, CacheRefreshPromises promises) {
        return refreshed.refreshEvery(PERIOD, () -> Stream.of("a"), promises::load);
    }

    private static void awaitRounds(int count, RefreshJob job) {
        Await.until(
                "there have been " + count + " rounds",
                WITHIN,
                () -> job.report().done() == count);
    }

    @Test
    void eachPeriodHasOneRound() {
        try (RefreshJob job = refresh(cache, this)) {
            awaitRounds(1, job);
            assertThat(cache.get("a")).isEqualTo("a 1");
            pass(NEXT_ROUND);
            awaitRounds(2, job);
            assertThat(cache.get("a")).isEqualTo("a 2");

            assertThat(job.report()).isEqualTo(new WarmReport(2, 0, 0));
            assertThat(cache.stats().misses()).isZero();
        }
    }

    @Test
    void whatWasStoredInThisPeriodStays() {
        cache.put("a", "written");

        try (RefreshJob job = refresh(cache, this)) {
            awaitRounds(1, job);

            assertThat(cache.get("a")).isEqualTo("written");
            assertThat(job.report()).isEqualTo(new WarmReport(0, 1, 0));
        }
    }

    @Test
    void oneOfTwoProgramsLoads() {
        assumeTrue(contract.isShared(), "two Larders on one URL do not share their entries, which the case needs");
        try (Larder another = contract.another().build();
                RefreshJob ours = refresh(cache, this);
                RefreshJob theirs =
                        refresh(CacheContract.texts(another, "contract").build(), this)) {
            for (int round = 1; round <= 3; round++) {
                awaitRounds(round, ours);
                awaitRounds(round, theirs);
                assertThat(cache.get("a")).isEqualTo("a " + round);
                pass(NEXT_ROUND);
            }
        }
    }
}
