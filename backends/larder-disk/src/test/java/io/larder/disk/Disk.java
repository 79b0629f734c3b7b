package io.larder.disk;

import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendInfo;
import io.larder.spi.CacheScope;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import io.larder.spi.PutMode;
import io.larder.testkit.FakeClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/** A cache in a folder, as another process has it: with a database of its own. */
final class Disk implements AutoCloseable {

    final Path folder;
    final FakeClock clock;
    final Database database;
    final Housekeeper housekeeper;
    final Backend<String, byte[]> backend;
    private final DiskConfig config;
    private final Copies copies;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    Disk(Path folder, DiskConfig config, FakeClock clock) {
        this.folder = folder;
        this.clock = clock;
        this.config = config;
        this.copies = new Copies(config.memoryBytes());
        this.database = new Database(folder, config);
        // Nothing runs by itself; a test that wants the house tidied says so.
        this.housekeeper = new Housekeeper(database, new BackendContext(clock, task -> {}, scheduler), config);
        this.backend = backend("cache");
    }

    static Disk in(Path folder) {
        return new Disk(folder, DiskConfig.STANDARD, new FakeClock());
    }

    static Disk in(Path folder, DiskConfig config) {
        return new Disk(folder, config, new FakeClock());
    }

    Backend<String, byte[]> backend(String cache) {
        Entries entries = new Entries(new CacheScope("", cache, 1), "bytes", config, database, copies, clock);
        return new DiskBackend("disk:" + folder, database, entries, clock, config);
    }

    void put(String key, String value, String... tags) {
        put(key, value.getBytes(StandardCharsets.UTF_8), tags);
    }

    void put(String key, byte[] value, String... tags) {
        backend.put(key, entry(value, tags), PutMode.ALWAYS).join();
    }

    void put(String key, String value, Duration ttl) {
        long until = clock.millis() + ttl.toMillis();
        Lifetime lifetime = new Lifetime(clock.millis(), until, until);
        backend.put(key, new Entry<>(value.getBytes(StandardCharsets.UTF_8), lifetime, Set.of()), PutMode.ALWAYS)
                .join();
    }

    Entry<byte[]> entry(byte[] value, String... tags) {
        return new Entry<>(value, Lifetime.endless(clock.millis()), Set.of(tags));
    }

    String get(String key) {
        byte[] value = bytes(key);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    byte[] bytes(String key) {
        Entry<byte[]> entry = backend.get(key).join();
        return entry == null ? null : entry.value();
    }

    /** Returns the number that a query answers. */
    long number(String sql) {
        return database.read(session -> session.number(sql), 1_000);
    }

    BackendInfo info() {
        return backend.info().join();
    }

    Path file() {
        return folder.resolve("larder-1.db");
    }

    /** Returns what the folder takes on the disk. */
    static long sizeBytes(Path folder) {
        return files(folder).stream().mapToLong(Disk::fileBytes).sum();
    }

    private static long fileBytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the files of large values. */
    List<Path> valueFiles() {
        return files(folder).stream()
                .filter(file -> file.toString().contains("values-"))
                .toList();
    }

    @Override
    public void close() {
        housekeeper.close();
        scheduler.shutdownNow();
        database.close();
    }
}
