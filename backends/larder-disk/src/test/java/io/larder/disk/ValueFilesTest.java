package io.larder.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ValueFilesTest {

    /** Copies would answer in place of the files. */
    private static final DiskConfig WITHOUT_COPIES = DiskConfig.STANDARD.withMemoryBytes(0);

    private static final int LARGE = 100_000;

    @TempDir
    private Path folder;

    private static byte[] filled(int sizeBytes, int with) {
        byte[] value = new byte[sizeBytes];
        Arrays.fill(value, (byte) with);
        return value;
    }

    @Test
    void aFileThatIsOfNoUseIsWrittenOverUnderAnotherName() {
        try (Disk disk = Disk.in(folder, WITHOUT_COPIES)) {
            for (int i = 0; i < 20; i++) {
                List<Path> before = disk.valueFiles();
                int sizeBytes = LARGE + i % 3 * 10_000;
                disk.put("a", filled(sizeBytes, i));

                assertThat(disk.bytes("a")).isEqualTo(filled(sizeBytes, i));
                assertThat(disk.valueFiles()).hasSizeLessThanOrEqualTo(2).isNotEqualTo(before);
            }
            disk.backend.remove("a").join();
            assertThat(disk.valueFiles()).hasSize(2);
        }
        assertThat(Disk.files(folder.resolve("values-1"))).isEmpty();
    }

    @Test
    void aFileThatWasSweptMeanwhileIsMadeAnew() throws Exception {
        try (Disk disk = Disk.in(folder, WITHOUT_COPIES)) {
            disk.put("a", filled(LARGE, 1));
            disk.backend.remove("a").join();
            Files.delete(disk.valueFiles().get(0));

            disk.put("a", filled(LARGE, 2));

            assertThat(disk.bytes("a")).isEqualTo(filled(LARGE, 2));
        }
    }

    @Test
    void noFileIsKeptWhereTheFolderIsSmall() {
        try (Disk disk = Disk.in(folder, WITHOUT_COPIES.withMaxBytes(8 << 20))) {
            disk.put("a", filled(LARGE, 1));
            disk.backend.remove("a").join();

            assertThat(disk.valueFiles()).isEmpty();
        }
    }

    @Test
    void nobodyReadsWhatWasWrittenOver() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        AtomicBoolean over = new AtomicBoolean();
        try (Disk one = Disk.in(folder, WITHOUT_COPIES);
                Disk other = Disk.in(folder, WITHOUT_COPIES)) {
            for (int key = 0; key < 4; key++) {
                one.put("key-" + key, filled(LARGE, key));
            }
            List<Future<String>> readers = new ArrayList<>();
            for (Disk disk : List.of(one, other, other)) {
                readers.add(threads.submit(() -> read(disk, over)));
            }
            Random random = new Random(1);
            for (int i = 0; i < 3_000; i++) {
                int key = random.nextInt(4);
                (i % 100 < 50 ? one : other).put("key-" + key, filled(LARGE - random.nextInt(2), key));
            }
            over.set(true);
            for (Future<String> reader : readers) {
                assertThat(reader.get()).isNull();
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
        assertThat(Integrity.faults(folder)).isEmpty();
    }

    /** Returns what was wrong. */
    private static String read(Disk disk, AtomicBoolean over) {
        for (int reads = 0; !over.get(); reads++) {
            int key = reads % 4;
            Entry<byte[]> entry = disk.backend.get("key-" + key).join();
            if (entry == null
                    || entry instanceof DamagedEntry
                    || !Arrays.equals(entry.value(), filled(entry.value().length, key))) {
                return "read " + reads + " of key " + key + " found " + entry;
            }
        }
        return null;
    }
}
