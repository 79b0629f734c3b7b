package io.larder.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.CacheEvent;
import io.larder.Larder;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.KeyedEntry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

@Timeout(120)
class DiskDamageTest {

    /** The last byte of the number at offset 44 of the database header (https://sqlite.org/fileformat.html), from 1 to 4. */
    private static final int SCHEMA_FORMAT_AT = 47;

    @TempDir
    private Path folder;

    private static void run(Path database, String sql) throws Exception {
        try (var connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void overwrite(Path file, long at, byte[] with) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.seek(at);
            opened.write(with);
        }
    }

    private static void truncate(Path file, long sizeBytes) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.setLength(sizeBytes);
        }
    }

    @Test
    void aFileIsNoFolder() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        try (Disk disk = Disk.in(file);
                Disk below = Disk.in(file.resolve("below"))) {
            for (Disk broken : List.of(disk, below)) {
                assertThatThrownBy(() -> broken.get("a"))
                        .isInstanceOf(BackendException.class)
                        .hasMessageStartingWith("Cannot keep a cache in '" + broken.folder + "': ")
                        .hasMessageContaining("Name a folder");
            }
        }
        assertThat(file).hasContent("mine");
    }

    @Test
    void aFolderWithOtherThingsIsLeftAlone() throws Exception {
        Files.writeString(folder.resolve("thesis.txt"), "mine");
        try (Disk disk = Disk.in(folder)) {
            assertThatThrownBy(() -> disk.put("a", "1"))
                    .isInstanceOf(BackendException.class)
                    .hasMessage("Cannot keep a cache in '" + folder + "': it holds other things, such as 'thesis.txt', "
                            + "and no cache. Name an empty folder, or one that does not exist yet");
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("thesis.txt"));
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() {
        Path nowhere = Path.of("/proc/larder");
        try (Disk disk = Disk.in(nowhere)) {
            assertThatThrownBy(() -> disk.get("a"))
                    .isInstanceOf(BackendException.class)
                    .hasMessageStartingWith("Cannot keep a cache in '/proc/larder': this user may not write there");
        }
    }

    @Test
    void aFolderThatBecomesUsableIsUsed() throws Exception {
        Path file = Files.writeString(folder.resolve("late"), "in the way");
        try (Disk disk = Disk.in(file)) {
            assertThatThrownBy(() -> disk.put("a", "1")).isInstanceOf(BackendException.class);

            Files.delete(file);
            disk.put("a", "1");

            assertThat(disk.get("a")).isEqualTo("1");
        }
    }

    @Test
    void aNewerLardersCacheIsLeftAlone() throws Exception {
        try (Disk disk = Disk.in(folder)) {
            disk.put("a", "1");
        }
        run(folder.resolve("larder-1.db"), "PRAGMA user_version = 7");

        try (Disk disk = Disk.in(folder)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> disk.get("a"))
                        .isInstanceOf(BackendException.class)
                        .hasMessage("Cannot use the cache in '" + disk.file()
                                + "': a newer Larder made it, of version 7, and this one reads version 1. "
                                + "Update Larder, or name another folder");
            }
        }
        run(folder.resolve("larder-1.db"), "PRAGMA user_version = 1");
        try (Disk disk = Disk.in(folder)) {
            assertThat(disk.get("a")).isEqualTo("1");
        }
    }

    @Test
    void whatIsNoDatabaseIsExchangedForAnEmptyOneAndTold() throws Exception {
        List<CacheEvent> events = new ArrayList<>();
        try (Disk disk = Disk.in(folder)) {
            disk.put("a", "1");
            disk.put("large", new byte[100_000]);
        }
        overwrite(folder.resolve("larder-1.db"), 0, new byte[8192]);

        try (Larder larder =
                Larder.builder("disk:" + folder).listener(events::add).build()) {
            var cache = larder.cache("cache", String.class, byte[].class).build();
            assertThat(cache.get("a")).isNull();
            assertThat(events)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            CacheEvent.ReadFailed.class,
                            failed -> assertThat(failed.cause())
                                    .hasMessageStartingWith(
                                            "The cache in '" + folder + "' was damaged and is empty now ("));

            cache.put("a", new byte[1]);
            assertThat(cache.get("a")).hasSize(1);
        }
        assertThat(Disk.files(folder))
                .extracting(file -> folder.relativize(file).toString())
                .containsExactlyInAnyOrder(Marker.NAME, "larder-2.db");
    }

    @Test
    void anEmptiedOrMissingDatabaseIsExchangedAndTold() throws Exception {
        for (int edition = 1; edition <= 4; edition += 2) {
            try (Disk disk = Disk.in(folder)) {
                disk.put("a", "1");
            }
            truncate(folder.resolve("larder-" + edition + ".db"), 0);
            isRebuilt();
            Files.delete(folder.resolve("larder-" + (edition + 1) + ".db"));
            isRebuilt();
        }
    }

    private void isRebuilt() {
        try (Disk disk = Disk.in(folder)) {
            assertThatThrownBy(() -> disk.get("a")).hasMessageContaining("was damaged and is empty now");
            assertThat(disk.get("a")).isNull();
            disk.put("a", "2");
            assertThat(disk.get("a")).isEqualTo("2");
            assertThat(disk.database.rebuilds()).isEqualTo(1);
        }
    }

    @Test
    void otherProcessesNoticeThatTheDatabaseWasExchanged() throws Exception {
        try (Disk one = Disk.in(folder);
                Disk other = Disk.in(folder)) {
            one.put("a1", "old");
            other.put("a2", "old");
            assertThat(other.get("a2")).isEqualTo("old");
            run(one.file(), "PRAGMA wal_checkpoint(TRUNCATE)");
            overwrite(one.file(), 4096, new byte[Math.toIntExact(Files.size(one.file()) - 4096)]);

            try (Disk finder = Disk.in(folder)) {
                assertThatThrownBy(() -> finder.get("a1")).hasMessageContaining("was damaged and is empty now");
            }
            one.put("a1", "new");

            assertThat(other.get("a1")).isEqualTo("new");
            other.put("a1", "newer");
            assertThat(one.get("a1")).isEqualTo("newer");
            assertThat(other.get("a2")).isNull();
        }
    }

    @Test
    void anEmptiedFolderIsFilledAnew() throws Exception {
        try (Disk disk = Disk.in(folder)) {
            disk.put("a", "1");
            assertThat(disk.get("a")).isEqualTo("1");
            for (Path file : Disk.files(folder)) {
                Files.delete(file);
            }

            disk.housekeeper.round();

            assertThat(disk.get("a")).isNull();
            disk.put("a", "2");
            assertThat(disk.get("a")).isEqualTo("2");
            try (Disk other = Disk.in(folder)) {
                assertThat(other.get("a")).isEqualTo("2");
            }
        }
    }

    @Test
    void aDamagedMarkerCostsNothing() throws Exception {
        try (Disk disk = Disk.in(folder)) {
            disk.put("a", "1");
        }
        for (long sizeBytes : new long[] {0, 5, 24}) {
            truncate(folder.resolve(Marker.NAME), sizeBytes);
            overwrite(folder.resolve(Marker.NAME), 0, new byte[(int) sizeBytes]);
            try (Disk disk = Disk.in(folder)) {
                disk.put("b", "1");
                assertThat(disk.get("b")).isEqualTo("1");
                assertThat(disk.get("a")).isEqualTo("1");
            }
        }
    }

    @Test
    void aMissingOrAlteredLargeValueIsTold() throws Exception {
        try (Disk disk = Disk.in(folder)) {
            disk.put("a", new byte[100_000]);
            Path file = disk.valueFiles().get(0);
            overwrite(file, 50_000, new byte[] {1});
            assertThat(disk.backend.get("a").join()).isInstanceOf(DamagedEntry.class);
            truncate(file, 70_000);
            assertThat(disk.backend.get("a").join()).isInstanceOf(DamagedEntry.class);
            Files.delete(file);
            assertThat(disk.backend.get("a").join()).isInstanceOf(DamagedEntry.class);

            disk.put("a", new byte[100_000]);
            assertThat(disk.bytes("a")).hasSize(100_000);
        }
    }

    @Test
    void aKeyThatTurnedIntoAnotherIsNotThatOne() throws Exception {
        try (Disk disk = Disk.in(folder)) {
            disk.put("user:42", "for 42 only");
        }
        Path database = folder.resolve("larder-1.db");
        byte[] bytes = Files.readAllBytes(database);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf("user:42"); at >= 0; at = text.indexOf("user:42", at + 1)) {
            bytes[at + 6] = '3';
        }
        Files.write(database, bytes);

        try (Disk disk = Disk.in(folder)) {
            assertThat(disk.backend.get("user:43").join()).isInstanceOf(DamagedEntry.class);
            assertThat(disk.get("user:42")).isNull();
            assertThat(disk.backend.keys(KeyPattern.ALL).next().join()).isEmpty();
        }
    }

    /** The one number of the header about which SQLite does not say "not a database". */
    @Test
    void aSchemaFormatThatSqliteDoesNotKnowIsDamage() throws IOException {
        fill(folder);
        Path database = folder.resolve("larder-1.db");
        byte[] bytes = Files.readAllBytes(database);
        bytes[SCHEMA_FORMAT_AT] = 9;
        Files.write(database, bytes);

        isUsable(folder);
    }

    /** Some of the flips hit what nobody reads; none may give a wrong value, hang, or need a repair. */
    @Test
    void flippedBitsGiveNoWrongValue() throws Exception {
        long seed = Long.getLong("larder.seed", MachineClock.nanos());
        System.out.println("flippedBitsGiveNoWrongValue: -Dlarder.seed=" + seed);
        Random random = new Random(seed);
        Path original = folder.resolve("original");
        fill(original);

        for (int round = 0; round < 60; round++) {
            Path copy = folder.resolve("copy-" + round);
            copy(original, copy);
            Path database = copy.resolve("larder-1.db");
            byte[] bytes = Files.readAllBytes(database);
            if (round % 6 == 5) {
                truncate(database, random.nextInt(bytes.length));
            } else {
                for (int flips = 1 << random.nextInt(10); flips > 0; flips--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                Files.write(database, bytes);
            }
            isUsable(copy);
        }
    }

    private static void fill(Path where) {
        try (Disk disk = Disk.in(where)) {
            for (int i = 0; i < 400; i++) {
                disk.put("key-" + i, ("value-" + i + " ").repeat(i % 40 + 1), "tag-" + i % 5);
            }
            disk.put("large", "value-large ".repeat(10_000));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static void isUsable(Path where) {
        try (Disk disk = Disk.in(where)) {
            for (int i = 0; i < 400; i++) {
                String expected = ("value-" + i + " ").repeat(i % 40 + 1);
                try {
                    Entry<byte[]> entry = disk.backend.get("key-" + i).join();
                    assertThat(entry == null || entry instanceof DamagedEntry || isText(entry, expected))
                            .as("entry %s of %s", i, where)
                            .isTrue();
                } catch (BackendException told) {
                    assertThat(told.getMessage()).isNotEmpty();
                }
            }
            try {
                for (KeyedEntry<String, byte[]> keyed :
                        disk.backend.entries(KeyPattern.ALL).next().join()) {
                    String number = keyed.key().replace("key-", "");
                    assertThat(keyed.entry() instanceof DamagedEntry
                                    || new String(keyed.entry().value(), StandardCharsets.UTF_8)
                                            .startsWith("value-" + number + " "))
                            .isTrue();
                }
                disk.backend.invalidateTag("tag-1").join();
                disk.housekeeper.tidy();
                disk.backend.removeMatching(KeyPattern.ALL).join();
            } catch (BackendException told) {
                assertThat(told.getMessage()).isNotEmpty();
            }
            writable(disk);
        }
    }

    private static void writable(Disk disk) {
        for (int attempt = 0; ; attempt++) {
            try {
                disk.put("after", "all is well", "t");
                assertThat(disk.get("after")).isEqualTo("all is well");
                return;
            } catch (BackendException told) {
                if (told.getMessage().contains("a newer Larder made it")) {
                    return;
                }
                assertThat(attempt).as(told.getMessage()).isLessThan(3);
            }
        }
    }

    private static boolean isText(Entry<byte[]> entry, String expected) {
        return new String(entry.value(), StandardCharsets.UTF_8).equals(expected);
    }
}
