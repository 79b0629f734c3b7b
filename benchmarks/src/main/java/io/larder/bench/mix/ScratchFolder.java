package io.larder.bench.mix;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A folder that is empty at first and gone in the end, where the system keeps its temporary files. */
public final class ScratchFolder {

    private ScratchFolder() {}

    /** Returns what the work returns. */
    public static <T> T with(Function<Path, T> work) throws IOException {
        Path folder = Files.createTempDirectory("larder-bench-");
        T result;
        try {
            result = work.apply(folder);
        } catch (RuntimeException failure) {
            try {
                clear(folder);
            } catch (IOException e) {
                // Others may be writing still; the first failure is the one to tell.
                failure.addSuppressed(e);
            }
            throw failure;
        }
        clear(folder);
        return result;
    }

    private static void clear(Path folder) throws IOException {
        for (Path path : deepestFirst(folder)) {
            Files.deleteIfExists(path);
        }
    }

    /** Returns the kind of file system that it is on. */
    public static String fileSystem() throws IOException {
        FileStore fileStore = Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir")));
        return fileStore.type();
    }

    private static List<Path> deepestFirst(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
