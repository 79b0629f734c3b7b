package io.larder.bench.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The jars of a set: how many, and their bytes. */
record Jars(int count, long bytes) {

    private static final double MEBI = 1 << 20;

    static Jars of(List<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return new Jars(files.size(), bytes);
    }

    double mebibytes() {
        return bytes / MEBI;
    }
}
