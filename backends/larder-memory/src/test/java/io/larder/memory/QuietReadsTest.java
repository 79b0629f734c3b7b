package io.larder.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.larder.Cache;
import io.larder.Larder;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Reads that mostly pass by the policy must not make it choose worse. */
class QuietReadsTest {

    private static final int CAPACITY = 1_000;
    private static final int READS = 400_000;
    private static final long SEED = Long.getLong("larder.seed", 20261121L);

    /** What is lost against Caffeine at most, in points of the hit ratio; three times what was measured. */
    private static final double POINTS_LOST_MAX = 3;

    @Test
    void hitAboutAsOftenAsCaffeineOnAZipfLoad() {
        assertThat(larderHitPercent(this::zipf))
                .as("seed %d", SEED)
                .isGreaterThan(caffeineHitPercent(this::zipf) - POINTS_LOST_MAX);
    }

    @Test
    void hitAboutAsOftenAsCaffeineWhenScansPassThrough() {
        assertThat(larderHitPercent(this::zipfWithScans))
                .as("seed %d", SEED)
                .isGreaterThan(caffeineHitPercent(this::zipfWithScans) - POINTS_LOST_MAX);
    }

    @Test
    void hitAboutAsOftenAsCaffeineWhenTheFavouritesChange() {
        assertThat(larderHitPercent(this::shifting))
                .as("seed %d", SEED)
                .isGreaterThan(caffeineHitPercent(this::shifting) - POINTS_LOST_MAX);
    }

    private interface Load {
        int key(Random random, int read);
    }

    /** An inverse-power draw over 100,000 keys, close to Zipf with exponent 1. */
    private int zipf(Random random, int read) {
        return (int) Math.pow(100_000, random.nextDouble());
    }

    private int zipfWithScans(Random random, int read) {
        return read % 10_000 < 3_000 ? 1_000_000 + read : zipf(random, read);
    }

    private int shifting(Random random, int read) {
        return zipf(random, read) + read / (READS / 4) * 1_000_000;
    }

    private static double larderHitPercent(Load load) {
        try (Larder larder = Larder.open("memory:?max=" + CAPACITY)) {
            Cache<Integer, Integer> cache =
                    larder.cache("quiet", Integer.class, Integer.class).build();
            return hitPercent(load, key -> {
                if (cache.get(key) != null) {
                    return true;
                }
                cache.put(key, key);
                return false;
            });
        }
    }

    private static double caffeineHitPercent(Load load) {
        com.github.benmanes.caffeine.cache.Cache<Integer, Integer> cache = Caffeine.newBuilder()
                .maximumSize(CAPACITY)
                .executor(Runnable::run)
                .build();
        return hitPercent(load, key -> {
            if (cache.getIfPresent(key) != null) {
                return true;
            }
            cache.put(key, key);
            return false;
        });
    }

    private static double hitPercent(Load load, IntPredicate reads) {
        Random random = new Random(SEED);
        int hits = 0;
        for (int read = 0; read < READS; read++) {
            hits += reads.test(load.key(random, read)) ? 1 : 0;
        }
        return 100.0 * hits / READS;
    }
}
