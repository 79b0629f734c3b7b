package io.larder.bench.disk;

import io.larder.bench.worker.LineProcess;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * python-diskcache, run by a small program in a Python that has it.
 *
 * @param python the path of that Python
 * @param version of diskcache, of Python and of SQLite
 */
record Diskcache(String python, String version) {

    /** Debian's packages are not seen by another Python, which may come first. */
    private static final String DEBIAN = "/usr/bin";

    private static final String PROGRAM = "diskcache_worker.py";
    private static final String VERSION = """
            import diskcache, platform, sqlite3
            print(diskcache.__version__, 'on Python', platform.python_version(), 'with SQLite', sqlite3.sqlite_version)
            """;

    /** Returns the first Python of the path that has the package, nothing where none has. */
    static Optional<Diskcache> find() {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)),
                        Stream.of(DEBIAN))
                .map(folder -> Path.of(folder, "python3"))
                .filter(Files::isExecutable)
                .distinct()
                .flatMap(python -> in(python.toString()).stream())
                .findFirst();
    }

    /** Starts a process that obeys the orders of a mix, except that it has one caller. */
    LineProcess start() {
        try (InputStream program = Diskcache.class.getResourceAsStream(PROGRAM)) {
            String text = new String(program.readAllBytes(), StandardCharsets.UTF_8);
            return LineProcess.start("python-diskcache", List.of(python, "-c", text));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + PROGRAM + ", which should be beside " + Diskcache.class, e);
        }
    }

    private static Optional<Diskcache> in(String python) {
        try {
            Process process = new ProcessBuilder(python, "-c", VERSION)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return version.isEmpty() ? Optional.empty() : Optional.of(new Diskcache(python, version));
        } catch (IOException notRunnable) {
            return Optional.empty();
        }
    }
}
