package io.larder.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.codec.KeyBytes;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class CopiesTest {

    private static final byte[] SCOPE = {(byte) 0xFF, 'c', 'a', 'c', 'h', 'e', (byte) 0xFF, 0, 0, 0, 1};

    @TempDir
    private Path folder;

    private Disk one;
    private Disk other;

    @BeforeEach
    void open() {
        one = Disk.in(folder);
        other = Disk.in(folder);
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    /** Makes rows go as if for want of room; nobody is told. */
    private static void evict(Disk disk) {
        disk.database.write(
                session -> session.update("DELETE FROM entries") + session.update("DELETE FROM tags"), 1_000);
    }

    @Test
    void answersFromMemoryWhatNobodyHasChanged() {
        one.put("a", "1", "x");
        assertThat(other.get("a")).isEqualTo("1");
        evict(one);

        assertThat(other.get("a")).isEqualTo("1");
        assertThat(other.backend.get("a").join().tags()).containsExactly("x");
        assertThat(other.backend.getOrLease("a", "t", LeaseTerms.TAGGED).join()).isInstanceOf(Entry.class);
        assertThat(other.backend.getAll(List.of("a", "b")).join()).containsOnlyKeys("a");
        assertThat(one.get("a")).isNull();
    }

    @Test
    void withoutMemoryAsksTheDatabase() {
        try (Disk without = Disk.in(folder, DiskConfig.STANDARD.withMemoryBytes(0))) {
            one.put("a", "1");
            assertThat(without.get("a")).isEqualTo("1");
            evict(one);

            assertThat(without.get("a")).isNull();
        }
    }

    /** Every call that changes "a", which carries the tag "x". */
    enum Call {
        PUT(""),
        PUT_LARGE("\0".repeat(100_000)),
        PUT_ALL(""),
        REPLACE(""),
        STORE_LOADED(""),
        ADD("42"),
        EXPIRE(null),
        RETIME("1"),
        REMOVE(null),
        REMOVE_ALL(null),
        REMOVE_MATCHING(null),
        INVALIDATE(null),
        CLEAR(null);

        /** What is under "a" then, where "1" was. */
        private final String left;

        Call(String left) {
            this.left = left;
        }

        Reply<?> on(Disk disk) {
            return switch (this) {
                case PUT -> disk.backend.put("a", entry(disk), PutMode.ALWAYS);
                case PUT_LARGE -> disk.backend.put("a", disk.entry(new byte[100_000]), PutMode.ALWAYS);
                case PUT_ALL -> disk.backend.putAll(Map.of("b", entry(disk), "a", entry(disk)));
                case REPLACE -> disk.backend.put("a", entry(disk), PutMode.IF_PRESENT);
                case STORE_LOADED -> load(disk);
                case ADD -> disk.backend.add("a", 41, disk.entry(new byte[0]).withValue(0L));
                case EXPIRE -> disk.backend.expire("a", new Lifetime(0, 0, 0));
                case RETIME -> disk.backend.expire("a", soon(disk));
                case REMOVE -> disk.backend.remove("a");
                case REMOVE_ALL -> disk.backend.removeAll(List.of("b", "a"));
                case REMOVE_MATCHING -> disk.backend.removeMatching(KeyPattern.glob("?"));
                case INVALIDATE -> disk.backend.invalidateTag("x");
                case CLEAR -> disk.backend.clear();
            };
        }
    }

    private static Entry<byte[]> entry(Disk disk) {
        return disk.entry(new byte[0]);
    }

    private static Lifetime soon(Disk disk) {
        return new Lifetime(0, disk.clock.millis() + 1, disk.clock.millis() + 1);
    }

    private static Reply<Boolean> load(Disk disk) {
        LeaseTerms terms = LeaseTerms.TAGGED.over(disk.backend.get("a").join());
        Lease<byte[]> lease =
                (Lease<byte[]>) disk.backend.getOrLease("a", "t", terms).join();
        return disk.backend.putLeased("a", entry(disk), lease);
    }

    @ParameterizedTest
    @EnumSource
    void whatOneProcessChangesTheOthersSeeAtOnce(Call call) {
        for (int round = 0; round < 3; round++) {
            one.put("a", "1", "x");
            assertThat(other.get("a")).isEqualTo("1");
            assertThat(other.get("a")).isEqualTo("1");

            call.on(one).join();

            assertThat(other.get("a")).isEqualTo(call.left);
            assertThat(one.get("a")).isEqualTo(call.left);
        }
    }

    /** Or what was given up for want of room would come back after an invalidation. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "REPLACE|STORE_LOADED|ADD|RETIME")
    void aChangeOfWhatHasNoRowPutsItsCopiesOutOfUse(Call call) {
        one.put("a", "1", "x");
        assertThat(other.get("a")).isEqualTo("1");
        evict(one);

        call.on(one).join();

        assertThat(other.get("a")).isEqualTo(call.left);
    }

    @Test
    void aChangeOfOneKeyLeavesTheCopiesOfOthersInUse() {
        one.put("a", "1", "x");
        one.put("b", "1", "x");
        assertThat(other.get("a")).isEqualTo("1");
        evict(one);

        one.put("b", "2", "y");
        one.backend.remove("c").join();
        one.backend("another").clear().join();

        assertThat(other.get("a")).isEqualTo("1");
    }

    @Test
    void aCopyEndsWhenItsTimeIsOver() {
        other.put("a", "1", Duration.ofSeconds(1));
        assertThat(other.get("a")).isEqualTo("1");

        other.clock.advance(Duration.ofSeconds(1));

        assertThat(other.get("a")).isNull();
    }

    @Test
    void nobodyCanChangeACopy() {
        try (Larder larder = Larder.open("disk:" + folder + "?codec=bytes")) {
            Cache<String, byte[]> cache =
                    larder.cache("cache", String.class, byte[].class).build();
            cache.put("a", new byte[] {'1'});
            for (int i = 0; i < 3; i++) {
                byte[] value = cache.get("a");
                assertThat(value).containsExactly('1');
                value[0] = 'x';
            }
        }
    }

    @Test
    void valuesInFilesAreCopied() throws Exception {
        one.put("a", new byte[100_000]);
        assertThat(one.bytes("a")).hasSize(100_000);
        Files.delete(one.valueFiles().get(0));

        assertThat(one.bytes("a")).hasSize(100_000);
    }

    @Test
    void valuesAboveASixteenthOfTheRoomAreNotCopied() throws Exception {
        one.put("a", new byte[1 << 20]);
        assertThat(one.bytes("a")).hasSize(1 << 20);
        Files.delete(one.valueFiles().get(0));

        assertThat(one.bytes("a")).isNull();
    }

    @Test
    void aProcessThatDiedBetweenCountingAndCommittingCostsOnlyTheCopies() {
        one.put("a", "1");
        assertThat(other.get("a")).isEqualTo("1");

        one.database.counts().begin(ChangeCounts.ofKey(SCOPE, KeyBytes.encode("a")));
        one.database.counts().begin(ChangeCounts.ofCache(SCOPE));

        assertThat(other.get("a")).isEqualTo("1");
        evict(one);
        assertThat(other.get("a")).isNull();

        one.put("a", "2");
        one.backend.invalidateTag("none").join();
        assertThat(other.get("a")).isEqualTo("2");
        evict(one);
        assertThat(other.get("a")).isEqualTo("2");
    }

    @Test
    void aCountIsEvenOnlyWhenTheLastWhoBeganHasEnded() {
        one.put("a", "1");
        assertThat(other.get("a")).isEqualTo("1");
        ChangeCounts counts = one.database.counts();
        long before = counts.at(300);

        long first = counts.begin(300);
        long second = other.database.counts().begin(300);
        counts.end(300, first);
        assertThat(counts.at(300)).isEqualTo(second).isOdd();
        counts.end(300, second);

        assertThat(counts.at(300)).isEven().isGreaterThan(second);
        assertThat(List.of(before, first, second, counts.at(300))).doesNotHaveDuplicates();
    }

    @Test
    void aTransactionThatIsTakenBackLeavesNoOddCount() {
        one.put("a", "1");
        assertThat(other.get("a")).isEqualTo("1");
        one.database.write(session -> session.number("PRAGMA max_page_count = 1"), 1_000);
        for (int i = 0; i < 100; i++) {
            one.backend
                    .put("b" + i, one.entry(new byte[4_000], "x"), PutMode.ALWAYS)
                    .recover(full -> Reply.ready(false))
                    .join();
        }

        ChangeCounts counts = other.database.counts();
        for (int stripe = 0; stripe < ChangeCounts.SIZE_BYTES / Long.BYTES; stripe++) {
            assertThat(counts.at(stripe)).isEven();
        }
    }

    @Test
    void aMarkerThatWasCutOffIsMadeWholeAndBeginsWithOtherCounts() throws Exception {
        one.put("a", "1");
        long before = one.database.counts().at(ChangeCounts.ofCache(SCOPE));
        one.close();
        other.close();
        Path marker = folder.resolve(Marker.NAME);
        long sizeBytes = Files.size(marker);
        try (RandomAccessFile file = new RandomAccessFile(marker.toFile(), "rw")) {
            file.setLength(24);
        }

        one = Disk.in(folder);

        assertThat(one.get("a")).isEqualTo("1");
        assertThat(marker).hasSize(sizeBytes);
        assertThat(one.database.counts().at(ChangeCounts.ofCache(SCOPE))).isNotEqualTo(before);
    }

    @Test
    void whatIsCopiedStaysWithinItsBound() {
        try (Disk small = Disk.in(folder, DiskConfig.STANDARD.withMemoryBytes(100_000))) {
            for (int i = 0; i < 1_000; i++) {
                small.put("a" + i, new byte[1_000]);
                small.bytes("a" + i);
            }
            evict(one);

            int copied = 0;
            for (int i = 0; i < 1_000; i++) {
                copied += small.bytes("a" + i) == null ? 0 : 1;
            }
            assertThat(copied).isBetween(20, 100);
        }
    }
}
