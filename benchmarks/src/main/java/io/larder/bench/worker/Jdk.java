package io.larder.bench.worker;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** A JDK on this machine, and which it is. */
public record Jdk(Path home, Runtime.Version version) {

    /** Where {@code bin/test} looks for one, too. */
    private static final String VARIABLE = "JAVA21_HOME";

    private static final Path FOLDER = Path.of("/usr/lib/jvm");

    /** Returns the one that this runs on. */
    public static Jdk here() {
        return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version());
    }

    /** Returns the newest that this machine is known to have, if it has one of this feature version or a later one. */
    public static Jdk newest(int feature) {
        List<Path> homes = new ArrayList<>();
        Optional.ofNullable(System.getenv(VARIABLE)).map(Path::of).ifPresent(homes::add);
        try (Stream<Path> installed = Files.isDirectory(FOLDER) ? Files.list(FOLDER) : Stream.empty()) {
            installed.sorted().forEach(homes::add);
        } catch (IOException unreadable) {
            // Then there is what is named.
        }
        return newest(feature, homes);
    }

    static Jdk newest(int feature, List<Path> homes) {
        return Stream.concat(homes.stream().flatMap(home -> of(home).stream()), Stream.of(here()))
                .filter(jdk -> jdk.version().feature() >= feature)
                .max(Comparator.comparing(jdk -> jdk.version().feature()))
                .orElseThrow(() -> new IllegalStateException("Cannot find a JDK " + feature + " or later: none is in "
                        + FOLDER + ". Set " + VARIABLE + " to the folder of one"));
    }

    Path program() {
        return home.resolve("bin").resolve("java");
    }

    /** Returns a few words. */
    public String text() {
        return "JDK " + version;
    }

    private static Optional<Jdk> of(Path home) {
        Properties release = new Properties();
        try (Reader lines = Files.newBufferedReader(home.resolve("release"))) {
            release.load(lines);
        } catch (IOException noJdk) {
            return Optional.empty();
        }
        String version = release.getProperty("JAVA_RUNTIME_VERSION", "").replace("\"", "");
        Jdk found = version.isEmpty() ? null : new Jdk(home, Runtime.Version.parse(version));
        return Optional.ofNullable(found).filter(jdk -> Files.isExecutable(jdk.program()));
    }
}
