package io.larder.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.codec.KeyCodecs;
import io.larder.spi.BackendContext;
import io.larder.spi.CacheScope;
import io.larder.spi.CacheSpec;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import io.larder.testkit.FakeClock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweeperTest {

    private final FakeClock clock = new FakeClock();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Room<String, String> room = new Room<>(
            MemoryConfig.STANDARD.withMax(100_000),
            new CacheSpec<>(new CacheScope("", "swept", 1), KeyCodecs.of(String.class), "", null),
            clock,
            new LongAdder());
    private final Sweeper<String, String> sweeper =
            new Sweeper<>(() -> room, new BackendContext(clock, Runnable::run, scheduler));

    @AfterEach
    void close() {
        sweeper.close();
        scheduler.shutdownNow();
    }

    @Test
    void reclaimsExpiredEntriesThatNobodyReads() {
        fill(30_000, Duration.ofSeconds(1));
        fill(10, Duration.ofHours(1));
        clock.advance(Duration.ofSeconds(2));

        sweeper.step();
        sweeper.step();

        assertThat(room.entries.size()).isEqualTo(10);
        assertThat(room.tags.keys("ttl:PT1S")).isEmpty();
        assertThat(room.tags.size()).isEqualTo(1);
    }

    @Test
    void looksAtAPartOfTheCacheAtATime() {
        fill(50_000, Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(2));

        sweeper.step();

        assertThat(room.entries.size()).isEqualTo(30_000);
    }

    private void fill(int count, Duration ttl) {
        long now = clock.millis();
        Lifetime lifetime = new Lifetime(now, now + ttl.toMillis(), now + ttl.toMillis());
        for (int i = 0; i < count; i++) {
            Entry<String> entry = new Entry<>("value", lifetime, Set.of("ttl:" + ttl));
            room.change(ttl + " " + i, (key, held) -> room.hold(key, entry));
        }
    }
}
