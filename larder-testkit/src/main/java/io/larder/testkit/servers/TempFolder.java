package io.larder.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for one server, removed with all that is in it. */
record TempFolder(Path path) {

    static TempFolder create(String prefix) {
        try {
            return new TempFolder(Files.createTempDirectory(prefix));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create a folder '" + prefix + "…' for a server", e);
        }
    }

    Path file(String name) {
        return path.resolve(name);
    }

    void write(String name, List<String> lines) {
        try {
            Files.write(file(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write '" + file(name) + "' for a server", e);
        }
    }

    void delete() {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove '" + path + "', the folder of a server", e);
        }
    }
}
