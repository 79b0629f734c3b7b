package io.larder.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.ConfigException;
import io.larder.Larder;
import io.larder.disk.DiskConfig.Sync;
import io.larder.spi.KeyPattern;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.PutMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class DiskStorageTest {

    private static final int LARGE = 300_000;

    @TempDir
    private Path folder;

    private static byte[] filled(int sizeBytes, int with) {
        byte[] value = new byte[sizeBytes];
        Arrays.fill(value, (byte) with);
        return value;
    }

    @ParameterizedTest
    @EnumSource
    void survivesAReopenWithTagsCountersAndDeadlines(Sync sync) {
        DiskConfig config = DiskConfig.STANDARD.withSync(sync);
        byte[] large = filled(LARGE, 1);
        try (Disk disk = Disk.in(folder, config)) {
            disk.put("a", "1", "x", "y");
            disk.put("large", large, "x");
            disk.put("short", "2", Duration.ofSeconds(10));
            disk.backend.add("n", 41, disk.entry(new byte[0]).withValue(0L)).join();
        }

        try (Disk disk = Disk.in(folder, config)) {
            assertThat(disk.get("a")).isEqualTo("1");
            assertThat(disk.bytes("large")).isEqualTo(large);
            assertThat(disk.backend
                            .add("n", 1, disk.entry(new byte[0]).withValue(0L))
                            .join())
                    .isEqualTo(42);
            assertThat(disk.backend.entriesByTag("x").next().join())
                    .extracting(KeyedEntry::key)
                    .containsExactlyInAnyOrder("a", "large");
            disk.clock.advance(Duration.ofSeconds(10));
            assertThat(disk.get("short")).isNull();
            assertThat(disk.backend.invalidateTag("y").join()).isEqualTo(1);
        }
    }

    @Test
    void whatOneProcessWritesTheOthersReadAtOnce() {
        try (Disk one = Disk.in(folder);
                Disk other = Disk.in(folder)) {
            for (int i = 0; i < 200; i++) {
                one.put("a", "from one " + i, "x");
                assertThat(other.get("a")).isEqualTo("from one " + i);
                assertThat(other.backend.invalidateTag("x").join()).isEqualTo(1);
                assertThat(one.get("a")).isNull();
                other.put("large", filled(LARGE, i));
                assertThat(one.bytes("large")).isEqualTo(filled(LARGE, i));
                one.backend.clear().join();
                assertThat(other.get("large")).isNull();
            }
        }
    }

    @Test
    void leasesHoldAmongProcessesAndAreTakenOverWhenTheirTimeIsOver() {
        try (Disk one = Disk.in(folder);
                Disk other = new Disk(folder, DiskConfig.STANDARD, one.clock)) {
            Lease<byte[]> first = (Lease<byte[]>)
                    one.backend.getOrLease("a", "one", LeaseTerms.TAGGED).join();

            assertThat(other.backend.getOrLease("a", "other", LeaseTerms.TAGGED).join())
                    .isEqualTo(first);
            one.clock.advance(DiskConfig.STANDARD.lease());
            Lease<byte[]> second = (Lease<byte[]>)
                    other.backend.getOrLease("a", "other", LeaseTerms.TAGGED).join();

            assertThat(second.token()).isEqualTo("other");
            assertThat(one.backend.putLeased("a", one.entry(new byte[1]), first).join())
                    .isFalse();
            assertThat(other.backend
                            .putLeased("a", one.entry(new byte[2]), second)
                            .join())
                    .isTrue();
            assertThat(one.bytes("a")).hasSize(2);
        }
    }

    @Test
    void aKeyIsNeverAFileName() throws Exception {
        List<String> keys = List.of("../../etc/passwd", "/etc/passwd", "..", "a\0b", "C:\\x", "%2e%2e/x", " ");
        Path within = folder.resolve("deep/cache");
        try (Disk disk = Disk.in(within)) {
            keys.forEach(key -> disk.put(key, filled(LARGE, key.hashCode())));

            keys.forEach(key -> assertThat(disk.bytes(key)).isEqualTo(filled(LARGE, key.hashCode())));
            assertThat(disk.valueFiles())
                    .hasSameSizeAs(keys)
                    .allMatch(file -> file.getFileName().toString().matches("[0-9a-f]{16}"));
        }
        try (var beside = Files.list(folder)) {
            assertThat(beside).containsExactly(folder.resolve("deep"));
        }
    }

    @Test
    void aLargeValueIsAFileAsLongAsItIsThere() {
        try (Disk disk = Disk.in(folder)) {
            disk.put("a", filled(LARGE, 1));
            assertThat(disk.valueFiles()).hasSize(1);

            disk.put("a", filled(LARGE, 2));
            assertThat(disk.valueFiles()).hasSize(1);
            assertThat(disk.bytes("a")).isEqualTo(filled(LARGE, 2));

            assertThat(disk.backend
                            .put("a", disk.entry(filled(LARGE, 3)), PutMode.IF_ABSENT)
                            .join())
                    .isFalse();
            assertThat(disk.valueFiles()).hasSize(1);

            disk.put("a", "small");
            assertThat(disk.valueFiles()).isEmpty();
            assertThat(disk.get("a")).isEqualTo("small");

            disk.put("a", filled(LARGE, 4));
            disk.backend.remove("a").join();
            assertThat(disk.valueFiles()).isEmpty();
            assertThat(disk.number("SELECT file_bytes FROM totals")).isZero();
        }
    }

    @Test
    void aLargeValueKeepsItsDeadlinesApart() {
        try (Disk disk = Disk.in(folder)) {
            disk.put("a", filled(LARGE, 1));
            disk.backend
                    .expire(
                            "a",
                            disk.entry(new byte[0]).withDeadlinesOf(soon(disk)).lifetime())
                    .join();

            assertThat(disk.bytes("a")).hasSize(LARGE);
            disk.clock.advance(Duration.ofSeconds(1));
            assertThat(disk.bytes("a")).isNull();
        }
    }

    private static Lifetime soon(Disk disk) {
        long until = disk.clock.millis() + 1_000;
        return new Lifetime(disk.clock.millis(), until, until);
    }

    @Test
    void keepsValuesOfEverySizeAroundTheLimits() {
        try (Disk disk = Disk.in(folder)) {
            for (int sizeBytes : new int[] {0, 1, 4_000, 65_480, 65_500, 65_536, 1 << 20, 24 << 20}) {
                disk.put("a" + sizeBytes, filled(sizeBytes, 7));
                assertThat(disk.bytes("a" + sizeBytes)).isEqualTo(filled(sizeBytes, 7));
            }
        }
    }

    @Test
    void refusesWhatIsTooLargeAndSaysWhichLimit() {
        try (Disk disk =
                Disk.in(folder, DiskConfig.STANDARD.withMaxValueBytes(1_000).withMaxBytes(2 << 20))) {
            assertThatThrownBy(() -> disk.put("a", new byte[1_001]))
                    .isInstanceOf(BackendException.class)
                    .hasMessage("Cannot store key 'a': its value has 1001 bytes, and 'max-value' allows 1000. "
                            + "Raise the limit, or split the value");
        }
        try (Disk disk = Disk.in(folder.resolve("small"), DiskConfig.STANDARD.withMaxBytes(1 << 20))) {
            assertThatThrownBy(() -> disk.put("a", new byte[1 << 20])).hasMessageContaining("'max' has room for");
        }
    }

    @Test
    void clearTakesOneStepAndTheRoomIsReclaimedLater() {
        try (Disk disk = Disk.in(folder)) {
            for (int i = 0; i < 3_000; i++) {
                disk.put("a" + i, "1", "x");
            }
            disk.put("large", filled(LARGE, 1));

            disk.backend.clear().join();
            assertThat(disk.backend.keys(KeyPattern.ALL).next().join()).isEmpty();
            assertThat(count(disk, "entries")).isEqualTo(3_001);
            disk.housekeeper.tidy();

            assertThat(count(disk, "entries")).isZero();
            assertThat(count(disk, "tags")).isZero();
            assertThat(count(disk, "rooms")).isZero();
            assertThat(disk.valueFiles()).isEmpty();
        }
    }

    @Test
    void expiredEntriesAreReclaimedWithTheirTagsAndFiles() {
        try (Disk disk = Disk.in(folder)) {
            disk.put("a", "stays", "x");
            for (int i = 0; i < 1_100; i++) {
                disk.put("b" + i, "1", Duration.ofSeconds(1));
            }
            disk.clock.advance(Duration.ofSeconds(1));

            disk.housekeeper.tidy();

            assertThat(count(disk, "entries")).isEqualTo(1);
            assertThat(count(disk, "tags")).isEqualTo(1);
            assertThat(disk.get("a")).isEqualTo("stays");
        }
    }

    @Test
    void leasesOfTheDeadAndTheirMarksAreReclaimed() {
        try (Disk disk = Disk.in(folder)) {
            disk.backend.getOrLease("a", "t", LeaseTerms.TAGGED).join();
            disk.backend.invalidateTag("x").join();
            assertThat(count(disk, "marks")).isEqualTo(1);
            disk.clock.advance(DiskConfig.STANDARD.lease().plusMillis(1));

            disk.housekeeper.tidy();

            assertThat(count(disk, "leases")).isZero();
            assertThat(count(disk, "marks")).isZero();
        }
    }

    private static long count(Disk disk, String table) {
        return disk.number("SELECT count(*) FROM " + table);
    }

    @Test
    void aMissingFolderIsMadeForItsOwnerAlone() throws Exception {
        Path missing = folder.resolve("a/b c/d?e");
        try (Disk disk = Disk.in(missing)) {
            disk.put("a", "1");
            assertThat(disk.get("a")).isEqualTo("1");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(missing)))
                .isEqualTo("rwx------");
    }

    @Test
    void twoLardersOnOneFolderShareItAndHaveToAgree() {
        try (Larder one = Larder.open("disk:" + folder + "?max=64MiB");
                Larder other = Larder.open("disk:" + folder + "?max=64MiB&ttl=5m")) {
            one.cache("c", String.class, byte[].class).build().put("a", new byte[1]);
            assertThat(other.cache("c", String.class, byte[].class).build().get("a"))
                    .hasSize(1);

            assertThatThrownBy(() -> Larder.open("disk:" + folder + "?sync=full"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("is open already with 'max=67108864B' and 'sync=NORMAL'");
        }
    }

    @Test
    void aUrlHasToNameAFolder() {
        for (String url : List.of("disk:", "disk://host/cache", "disk://user@/cache")) {
            assertThatThrownBy(() -> Larder.open(url))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("'" + url + "' must name a folder of this machine. Write 'disk:/var/cache/app'");
        }
    }

    @Test
    void tellsWhereItIsAndWhatItTakes() {
        try (Disk disk = Disk.in(folder)) {
            disk.put("a", filled(LARGE, 1));

            assertThat(disk.info().address()).isEqualTo("disk:" + folder);
            assertThat(disk.info().entries()).isEqualTo(1);
            assertThat(disk.info().weightBytes()).isBetween((long) LARGE, LARGE + 200_000L);
            assertThat(disk.info().details()).containsEntry("folder", folder.toString());
        }
    }
}
