package io.larder.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.larder.Cache;
import io.larder.CacheObserver;
import io.larder.CacheWork;
import io.larder.EntryOptions;
import io.larder.Handover;
import io.larder.Larder;
import io.larder.Loader;
import io.larder.Observation;
import io.larder.codec.StringCodec;
import io.larder.testkit.ReferenceProvider;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The budget of a hit: nothing is allocated, with ttl, tags and statistics on. */
class AllocationTest {

    private static final int WARM_UP = 200_000;
    private static final int READS = 100_000;

    /** What the thread may allocate for other reasons in all reads together, such as a compilation's safepoint. */
    private static final long NOISE_BYTES = 4_096;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Larder larder = Larder.open("memory:?max=10k&ttl=1h");
    private final Cache<String, String> cache =
            larder.cache("lean", String.class, String.class).build();

    @AfterEach
    void close() {
        larder.close();
    }

    @Test
    void aHitAllocatesNothing() {
        cache.put("key", "value", EntryOptions.tagged("tag"));

        assertThat(bytesOf(() -> cache.get("key"))).isLessThan(NOISE_BYTES);
    }

    @Test
    void aHitThatCouldHaveLoadedAllocatesNothing() {
        Loader<String, String> loader = key -> "loaded";
        cache.put("key", "value", EntryOptions.ttl(Duration.ofMinutes(5)).tags("tag"));

        assertThat(bytesOf(() -> cache.get("key", loader))).isLessThan(NOISE_BYTES);
    }

    @Test
    void aMissAllocatesNothing() {
        assertThat(bytesOf(() -> cache.get("absent"))).isLessThan(NOISE_BYTES);
    }

    @Test
    void aHitAfterASwitchAllocatesNothing() {
        Loader<String, String> loader = key -> "loaded";
        cache.put("key", "value");

        larder.switchBackend("lean", "memory:?max=20k", Handover.COPY);

        assertThat(bytesOf(() -> cache.get("key"))).isLessThan(NOISE_BYTES);
        assertThat(bytesOf(() -> cache.get("key", loader))).isLessThan(NOISE_BYTES);
        assertThat(cache.get("key")).isEqualTo("value");
    }

    @Test
    void aHitInANearTierAllocatesNothing() {
        Loader<String, String> loader = key -> "loaded";
        ReferenceProvider told = ReferenceProvider.watched(UnaryOperator.identity());
        try (Larder tiers =
                Larder.builder("memory:?max=10k | reference:").provider(told).build()) {
            Cache<String, String> tiered = tiers.cache("lean", String.class, String.class)
                    .codec(new StringCodec())
                    .build();
            tiered.put("key", "value", EntryOptions.tagged("tag"));

            assertThat(bytesOf(() -> tiered.get("key"))).isLessThan(NOISE_BYTES);
            assertThat(bytesOf(() -> tiered.get("key", loader))).isLessThan(NOISE_BYTES);
            assertThat(tiered.get("key")).isEqualTo("value");
        }
    }

    @Test
    void aHitUnderObserversAllocatesNothing() {
        Loader<String, String> loader = key -> "loaded";
        List<CacheWork> observed = new ArrayList<>();
        CacheObserver observer = work -> {
            observed.add(work);
            return Observation.NONE;
        };
        ReferenceProvider told = ReferenceProvider.watched(UnaryOperator.identity());
        for (String url : List.of("memory:?max=10k", "memory:?max=10k | reference:")) {
            try (Larder seen =
                    Larder.builder(url).provider(told).observer(observer).build()) {
                Cache<String, String> seenCache = seen.cache("lean", String.class, String.class)
                        .codec(new StringCodec())
                        .build();
                seenCache.get("key", loader);
                seenCache.get("key");
                observed.clear();

                assertThat(bytesOf(() -> seenCache.get("key"))).isLessThan(NOISE_BYTES);
                assertThat(bytesOf(() -> seenCache.get("key", loader))).isLessThan(NOISE_BYTES);
                assertThat(observed).isEmpty();
            }
        }
    }

    private long bytesOf(Runnable read) {
        for (int i = 0; i < WARM_UP; i++) {
            read.run();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < READS; i++) {
            read.run();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
