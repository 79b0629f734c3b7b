package io.larder.bench.disk;

import io.larder.bench.mix.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A file for each entry, written beside its place and renamed, so that no reader sees half of it. */
final class FilePerEntry implements Engine {

    private final Path folder;
    private final AtomicLong number = new AtomicLong();

    FilePerEntry(Path folder) {
        this.folder = folder;
    }

    @Override
    public byte @Nullable [] get(String key) {
        try {
            return Files.readAllBytes(file(key));
        } catch (NoSuchFileException miss) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the file of key '" + key + "'", e);
        }
    }

    @Override
    public void put(String key, byte[] value) {
        Path temporary = folder.resolve(number.incrementAndGet() + ".tmp");
        try {
            Files.write(temporary, value);
            Files.move(temporary, file(key), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the file of key '" + key + "'", e);
        }
    }

    @Override
    public void remove(String key) {
        try {
            Files.deleteIfExists(file(key));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the file of key '" + key + "'", e);
        }
    }

    @Override
    public void close() {}

    private Path file(String key) {
        return folder.resolve(HexFormat.of().formatHex(key.getBytes(StandardCharsets.UTF_8)));
    }
}
