package io.larder.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.spi.Reply;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WriterTest {

    private static final long LONG_MILLIS = 30_000;

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Disk disk;

    @BeforeEach
    void open() {
        disk = Disk.in(folder);
        disk.put("a", "1");
    }

    @AfterEach
    void close() {
        disk.close();
        threads.shutdownNow();
    }

    /** Holds a transaction open until it is told to end. */
    private final class Holder {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch end = new CountDownLatch(1);
        final Future<Boolean> done;

        Holder(Disk holding) throws InterruptedException {
            done = threads.submit(() -> holding.database.write(
                    session -> {
                        begun.countDown();
                        try {
                            return end.await(30, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    LONG_MILLIS));
            begun.await();
        }

        void end() throws Exception {
            end.countDown();
            assertThat(done.get()).isTrue();
        }
    }

    @Test
    void changesThatGatherMeanwhileShareOneTransactionWhereThatWaitsForTheDisk() throws Exception {
        disk.close();
        disk = Disk.in(folder, DiskConfig.STANDARD.withSync(DiskConfig.Sync.FULL));
        Holder holder = new Holder(disk);
        List<Future<Long>> writes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            writes.add(threads.submit(() -> disk.database.write(
                    session -> {
                        session.update("UPDATE rooms SET epoch = epoch + 1");
                        return session.number("PRAGMA data_version");
                    },
                    LONG_MILLIS)));
        }
        awaitWaiting(51);
        long before = walBytes();

        holder.end();
        for (Future<Long> write : writes) {
            write.get();
        }

        // A page for each transaction, with its header of 24 bytes; fifty transactions would have written fifty.
        assertThat(walBytes() - before).isLessThanOrEqualTo(2 * (Schema.PAGE_BYTES + 24));
        assertThat(disk.number("SELECT epoch FROM rooms")).isEqualTo(50);
    }

    @Test
    void whatIsPutAgainChangesOnePage() {
        long before = walBytes();

        disk.put("a", "2");

        assertThat(walBytes() - before).isEqualTo(Schema.PAGE_BYTES + 24);
    }

    @Test
    void whoGivesUpWaitingKeepsNobodyFromWriting() throws Exception {
        Holder holder = new Holder(disk);
        Future<?> hasty = threads.submit(() -> disk.database.write(session -> 1, 20));
        while (disk.database.waiting() < 2 && !hasty.isDone()) {
            Thread.onSpinWait();
        }
        Future<?> patient = threads.submit(() -> disk.put("b", "2"));

        assertThatThrownBy(hasty::get).hasMessageContaining("in time");
        holder.end();
        patient.get();

        assertThat(disk.get("b")).isEqualTo("2");
    }

    @Test
    void whoStepsAsideForACrowdEndsInTimeAndTheOthersAreWritten() throws Exception {
        Holder holder = new Holder(disk);
        List<Future<?>> crowd = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String key = "crowd " + i;
            crowd.add(threads.submit(() -> disk.put(key, key)));
        }
        awaitWaiting(11);

        assertThatThrownBy(() -> disk.database.write(session -> 1, 1)).hasMessageContaining("in time");
        holder.end();
        for (Future<?> one : crowd) {
            one.get();
        }

        for (int i = 0; i < 10; i++) {
            assertThat(disk.get("crowd " + i)).isEqualTo("crowd " + i);
        }
    }

    private void awaitWaiting(int callers) {
        while (disk.database.waiting() < callers) {
            assertThat(Thread.interrupted()).as("nobody comes any more").isFalse();
        }
    }

    private long walBytes() {
        return folder.resolve("larder-1.db-wal").toFile().length();
    }

    @Test
    void aWriteEndsInTimeWhileAnotherThreadWrites() throws Exception {
        Holder holder = new Holder(disk);

        assertThatThrownBy(() -> disk.database.write(session -> 1, 20))
                .isInstanceOf(BackendException.class)
                .hasMessage("Cannot write to the cache in '" + folder
                        + "' in time, and whether it was done is not known. " + "Raise 'timeout', or look at the disk");
        assertThat(disk.get("a")).isEqualTo("1");
        holder.end();
        disk.put("a", "2");
        assertThat(disk.get("a")).isEqualTo("2");
    }

    @Test
    void aWriteEndsInTimeWhileAnotherProcessWrites() throws Exception {
        try (Disk other = Disk.in(folder)) {
            Holder holder = new Holder(other);

            Reply<Boolean> removal = disk.backend.remove("a").within(20);
            assertThatThrownBy(removal::join)
                    .isInstanceOf(BackendException.class)
                    .hasMessageStartingWith(
                            "Cannot write to the cache in '" + folder + "': other processes have had its lock");
            assertThat(disk.get("a")).isEqualTo("1");
            CompletableFuture<Boolean> patient = disk.backend
                    .remove("a")
                    .within(Duration.ofSeconds(30).toMillis())
                    .toFuture(threads);

            holder.end();
            assertThat(patient.get()).isTrue();
        }
    }

    @Test
    void whatOneCallerMayNotDoIsNobodyElsesFailure() throws Exception {
        Holder holder = new Holder(disk);
        Future<Long> refused = threads.submit(() -> disk.backend
                .add("a", Long.MAX_VALUE, disk.entry(new byte[0]).withValue(1L))
                .join());
        Future<?> broken = threads.submit(() -> disk.database.write(session -> fail(), LONG_MILLIS));
        List<Future<?>> fine = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String key = "fine " + i;
            fine.add(threads.submit(() -> disk.put(key, key)));
        }
        awaitWaiting(13);

        holder.end();

        assertThatThrownBy(refused::get).hasCauseInstanceOf(ArithmeticException.class);
        assertThatThrownBy(broken::get).hasMessageContaining("something else");
        for (Future<?> one : fine) {
            one.get();
        }
        for (int i = 0; i < 10; i++) {
            assertThat(disk.get("fine " + i)).isEqualTo("fine " + i);
        }
    }

    private static boolean fail() throws SQLException {
        throw new SQLException("something else");
    }

    @Test
    void anInterruptedCallerStopsWaiting() throws Exception {
        Holder holder = new Holder(disk);
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                disk.put("a", "2");
                told.complete(null);
            } catch (RuntimeException e) {
                told.complete(e);
            }
        });
        caller.start();
        awaitWaiting(2);
        caller.interrupt();

        assertThat(told.get())
                .isInstanceOf(BackendException.class)
                .hasMessage("Interrupted while waiting for the disk");
        holder.end();
    }

    @Test
    void aFullDiskIsToldAndReadsGoOn() {
        disk.put("large", new byte[200_000]);
        disk.database.write(session -> session.number("PRAGMA max_page_count = 1"), LONG_MILLIS);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        disk.put("b" + i, new byte[4_000]);
                    }
                })
                .isInstanceOf(BackendException.class)
                .hasMessage("Cannot write to the cache in '" + folder
                        + "': no space is left on the disk. Reads go on. Make room, or lower 'max'");
        assertThat(disk.get("a")).isEqualTo("1");
        assertThat(disk.bytes("large")).hasSize(200_000);
        disk.backend.remove("large").join();

        disk.database.write(session -> session.number("PRAGMA max_page_count = 1000000"), LONG_MILLIS);
        disk.put("c", new byte[40_000]);
        assertThat(disk.bytes("c")).hasSize(40_000);
    }
}
