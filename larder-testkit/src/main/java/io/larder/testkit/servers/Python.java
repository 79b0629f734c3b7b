package io.larder.testkit.servers;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Python of this machine, for tests of what is shared with it.
 *
 * <p>It takes the first {@code python3} that has the modules asked for: the one that {@code -Dlarder.python} names, one on the PATH, or
 * the system's own. Without any, the test is skipped, or fails if {@code -Dlarder.require=python} is set.
 */
public final class Python {

    private static final String PROPERTY = "larder.python";

    private final Path program;

    private Python(Path program) {
        this.program = program;
    }

    /** Returns one that can import {@code modules}, or skips the test. */
    public static Python with(String... modules) {
        List<String> script =
                Stream.of(modules).map(module -> "import " + module).toList();
        return candidates()
                .filter(ServerBinary::isProgram)
                .map(Python::new)
                .filter(python -> python.succeeds(String.join("\n", script)))
                .findFirst()
                .orElseGet(() -> new Python(ServerBinary.lack(
                        "python",
                        "No python3 with " + String.join(", ", modules) + " is on the PATH. Install it (Debian:"
                                + " apt-get install python3-redis python3-pymemcache python3-msgpack python3-zstandard),"
                                + " or point to one with -D" + PROPERTY + "=PATH")));
    }

    private static Stream<Path> candidates() {
        String set = System.getProperty(PROPERTY);
        return set != null
                ? Stream.of(Path.of(set))
                : Stream.concat(ServerBinary.folders(), Stream.of(Path.of("/usr/bin")))
                        .map(folder -> folder.resolve("python3"));
    }

    private boolean succeeds(String script) {
        try {
            run(script);
            return true;
        } catch (ServerException e) {
            return false;
        }
    }

    /**
     * Runs a script to its end, and returns the lines that it printed.
     *
     * @throws ServerException with what it said on stderr, when it fails
     */
    public List<String> run(String script, String... arguments) {
        List<String> line = new ArrayList<>(List.of(program.toString(), "-c", script));
        line.addAll(List.of(arguments));
        try {
            File errors = File.createTempFile("larder-python", ".txt");
            try {
                ProcessBuilder builder = new ProcessBuilder(line).redirectError(errors);
                builder.environment().put("PYTHONIOENCODING", "utf-8");
                Process process = builder.start();
                process.getOutputStream().close();
                String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new ServerException("Python failed: " + Files.readString(errors.toPath()));
                }
                return answer.lines().toList();
            } finally {
                Files.delete(errors.toPath());
            }
        } catch (IOException e) {
            throw new ServerException("Cannot run '" + program + "': " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("Interrupted while Python ran", e);
        }
    }
}
