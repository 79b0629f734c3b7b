package io.larder.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SnapshotTest {

    /** Copies would answer in place of the database. */
    private static final DiskConfig WITHOUT_COPIES = DiskConfig.STANDARD.withMemoryBytes(0);

    @TempDir
    private Path folder;

    private Disk one;
    private Disk other;

    @BeforeEach
    void open() {
        one = Disk.in(folder, WITHOUT_COPIES);
        other = Disk.in(folder, WITHOUT_COPIES);
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    /** Puts until a snapshot is held. */
    private static void hold(Disk disk) {
        do {
            disk.put("held", "0");
        } while (!isHeld(disk));
    }

    private static boolean isHeld(Disk disk) {
        return disk.database.readLittle(session -> session.snapshot().isHeld(), 1_000);
    }

    @Test
    void readsWhatAnotherProcessHasWrittenSince() {
        for (int round = 0; round < 100; round++) {
            hold(one);
            other.put("a", "round " + round);

            assertThat(one.get("a")).isEqualTo("round " + round);
        }
    }

    @Test
    void writesOverWhatAnotherProcessHasWrittenSince() {
        for (int round = 0; round < 100; round++) {
            hold(one);
            other.put("held", "other");
            other.put("new " + round, "other");
            one.put("held", "one");

            assertThat(other.get("held")).isEqualTo("one");
            assertThat(one.get("new " + round)).isEqualTo("other");
        }
    }

    @Test
    void writesAfterAWriterThatCountsNothing() throws Exception {
        one.put("a", "1");
        Connections stranger = stranger();
        hold(one);
        try (stranger) {
            stranger.beginWriting().update("UPDATE entries SET used = 7");
            stranger.endWriting();
        }

        one.put("held", "1");

        assertThat(one.get("held")).isEqualTo("1");
        assertThat(one.number("SELECT count(*) FROM entries WHERE used = 7")).isPositive();
    }

    /** Opens the database with counts that nobody else sees. */
    private Connections stranger() throws Exception {
        ChangeCounts own = new ChangeCounts(ByteBuffer.allocateDirect(ChangeCounts.SIZE_BYTES));
        return Connections.open(new Folder(folder), 1, WITHOUT_COPIES, own);
    }

    @Test
    void isNotHeldByProcessesThatTakeTurns() {
        for (int i = 0; i < 100; i++) {
            one.put("a", "1");
            other.put("a", "2");
            assertThat(isHeld(one)).isFalse();
            assertThat(isHeld(other)).isFalse();
        }
    }

    @Test
    void isLetGoSoonWhenNobodyWrites() {
        hold(one);
        while (isHeld(one)) {
            Thread.onSpinWait();
        }

        assertThat(other.number("PRAGMA wal_checkpoint(RESTART)")).isZero();
    }

    /** As those of the housekeeper do, which say nothing of what they add to the journal. */
    @Test
    void isLetGoForATransactionThatTakesLong() {
        hold(one);

        one.database.write(
                session -> {
                    long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2);
                    while (System.nanoTime() < endNanos) {
                        Thread.onSpinWait();
                    }
                    session.update("UPDATE entries SET used = 7");
                    return null;
                },
                1_000);

        assertThat(isHeld(one)).isFalse();
    }

    @Test
    void isNotHeldWhereTheJournalIsShort() {
        one.close();
        other.close();
        one = Disk.in(folder, WITHOUT_COPIES.withMaxBytes(1 << 20));
        for (int i = 0; i < 1_000; i++) {
            one.put("a", "1");
            assertThat(isHeld(one)).isFalse();
        }
    }

    @Test
    void theJournalBeginsAnewWhileOneProcessWritesOn() throws Exception {
        DiskConfig config = WITHOUT_COPIES.withMaxBytes(100 << 20).withSync(DiskConfig.Sync.OFF);
        long journalBytes = Budget.journalPages(config.maxBytes()) * Schema.PAGE_BYTES;
        one.close();
        other.close();
        one = Disk.in(folder, config);
        Path journal = folder.resolve("larder-1.db-wal");
        long largest = 0;
        for (int i = 0; i < 20_000; i++) {
            one.put("a" + i % 100, Integer.toString(i));
            largest = Math.max(largest, i % 100 == 0 ? Files.size(journal) : 0);
        }

        assertThat(largest).isBetween(journalBytes / 2, journalBytes + journalBytes / 8);
    }

    @Test
    void whatIsTakenBackIsNotSeen() {
        hold(one);
        for (int i = 0; i < 100; i++) {
            hold(one);
            try {
                one.database.write(
                        session -> {
                            session.update("UPDATE entries SET used = 99");
                            throw new SQLException("something else");
                        },
                        1_000);
            } catch (RuntimeException failed) {
                assertThat(one.number("SELECT count(*) FROM entries WHERE used = 99"))
                        .isZero();
            }
        }
    }

    @Test
    void manyReadersSeeEveryWriteThatWasDone() throws Exception {
        AtomicInteger done = new AtomicInteger();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Future<String> reader = threads.submit(() -> read(one, done));
            Future<String> farReader = threads.submit(() -> read(other, done));
            for (int i = 1; i <= 20_000; i++) {
                // In bursts, so that sometimes one holds a snapshot and sometimes the other.
                (i / 500 % 2 == 0 ? one : other).put("a", Integer.toString(i));
                done.set(i);
            }
            done.set(Integer.MAX_VALUE);
            assertThat(reader.get()).isNull();
            assertThat(farReader.get()).isNull();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Reads until all is written, and returns what was wrong. */
    private static String read(Disk disk, AtomicInteger done) {
        while (true) {
            int atLeast = done.get();
            if (atLeast == Integer.MAX_VALUE) {
                return null;
            }
            String found = disk.get("a");
            if (atLeast > 0 && (found == null || Integer.parseInt(found) < atLeast)) {
                return "found " + found + " after " + atLeast + " was written";
            }
        }
    }
}
