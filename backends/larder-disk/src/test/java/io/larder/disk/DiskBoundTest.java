package io.larder.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class DiskBoundTest {

    @TempDir
    private Path folder;

    /** The size does not depend on it. */
    private static final DiskConfig FAST = DiskConfig.STANDARD.withSync(DiskConfig.Sync.OFF);

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void theFolderStaysWithinATenthWhateverTheSizes(int maxMib) {
        long maxBytes = (long) maxMib << 20;
        Random random = new Random(7);
        try (Disk disk = Disk.in(folder, FAST.withMaxBytes(maxBytes))) {
            long largest = 0;
            long written = 0;
            for (int i = 0; written < 3 * maxBytes; i++) {
                int sizeBytes = i % 20 == 0 ? 70_000 + random.nextInt(60_000) : random.nextInt(5_000);
                disk.put("key-" + random.nextInt(1_000_000), new byte[sizeBytes], "t" + i % 7);
                written += sizeBytes;
                disk.clock.advance(Duration.ofMillis(1));
                if (i % 50 == 0) {
                    largest = Math.max(largest, Disk.sizeBytes(folder));
                }
            }

            assertThat(largest).isLessThan(maxBytes + maxBytes / 10);
            assertThat(disk.info().weightBytes()).isBetween(maxBytes / 2, maxBytes);
            assertThat(disk.info().evictions()).isPositive();
            largest = Disk.sizeBytes(folder);
            assertThat(largest).isGreaterThan(maxBytes * 6 / 10);
        }
        assertThat(Disk.sizeBytes(folder)).isLessThan(maxBytes + maxBytes / 10);
    }

    @Test
    void whatIsReadStaysAndWhatIsNotReadGoes() {
        try (Disk disk = Disk.in(folder, FAST.withMaxBytes(4 << 20))) {
            for (int i = 0; i < 3_000; i++) {
                disk.put("a" + i, new byte[4_000]);
                disk.clock.advance(Duration.ofMillis(10));
                for (int hot = 0; hot < 10; hot++) {
                    disk.get("a" + hot);
                }
            }

            for (int hot = 0; hot < 10; hot++) {
                assertThat(disk.get("a" + hot)).as("hot entry %s", hot).isNotNull();
            }
            assertThat(disk.get("a10")).isNull();
            assertThat(disk.get("a1000")).isNull();
            assertThat(disk.get("a2999")).isNotNull();
        }
    }

    @Test
    void whatIsPutAgainStays() {
        try (Disk disk = Disk.in(folder, FAST.withMaxBytes(4 << 20))) {
            for (int i = 0; i < 3_000; i++) {
                disk.put("a" + i, new byte[4_000]);
                disk.clock.advance(Duration.ofMillis(10));
                disk.put("a" + i % 10, new byte[4_000]);
            }

            for (int hot = 0; hot < 10; hot++) {
                assertThat(disk.get("a" + hot)).as("hot entry %s", hot).isNotNull();
            }
            assertThat(disk.info().evictions()).isPositive();
            assertThat(disk.get("a1000")).isNull();
        }
    }

    @Test
    void aClearedCacheGivesItsRoomBackToTheDisk() {
        long full;
        try (Disk disk = Disk.in(folder, FAST.withMaxBytes(32 << 20))) {
            for (int i = 0; i < 5_000; i++) {
                disk.put("a" + i, new byte[4_000]);
            }
            full = Disk.sizeBytes(folder);
            disk.backend.clear().join();

            disk.housekeeper.tidy();
            disk.housekeeper.tidy();
        }

        assertThat(Disk.sizeBytes(folder)).isLessThan(full / 4);
    }

    @Test
    void aLowerMaxThanBeforeIsReachedStepByStep() {
        try (Disk disk = Disk.in(folder, FAST.withMaxBytes(64 << 20))) {
            for (int i = 0; i < 6_000; i++) {
                disk.put("a" + i, new byte[1_500]);
            }
            disk.put("large", new byte[1 << 20]);
        }

        try (Disk disk = Disk.in(folder, FAST.withMaxBytes(2 << 20))) {
            disk.put("b", new byte[1]);
            for (int round = 0; round < 5; round++) {
                disk.housekeeper.tidy();
            }

            assertThat(disk.info().weightBytes()).isLessThan(2 << 20);
            assertThat(disk.info().evictions()).isBetween(4_500L, 6_000L);
            assertThat(disk.get("b")).isNotNull();
        }
        assertThat(Disk.sizeBytes(folder)).isLessThan((2 << 20) * 11 / 10);
    }
}
