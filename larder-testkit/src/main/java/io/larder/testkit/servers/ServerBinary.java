package io.larder.testkit.servers;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds the program of a server: where a setting says, on the PATH, in {@code .servers/bin} of the working folder or of
 * one above it, or in an artifact that carries it.
 *
 * @param kind what {@code -Dlarder.require} calls it
 * @param names of the program, the best first
 * @param versionMin the oldest version that will do, of those that nobody asked for by a setting
 * @param carrier the artifact, if there is one
 */
record ServerBinary(
        String kind,
        List<String> names,
        String versionMin,
        @Nullable Carrier carrier) {

    private static final String REQUIRE = "larder.require";
    private static final Path UNPACKED = Path.of(".servers", "bin");
    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");
    private static final int ANSWER_SECONDS_MAX = 10;

    /**
     * Returns the program, or skips the test, loudly and by name; also if it does not list an option among those it has.
     *
     * @throws ServerException instead, when {@code -Dlarder.require} lists this kind
     */
    Path require(String... options) {
        String orNot = carrier == null ? "" : carrier.orNot();
        String add = carrier == null ? "" : "add that artifact, ";
        Path program = find().orElseGet(() -> lack("No " + names.get(0) + " " + versionMin
                + " or later is on the PATH or in " + UNPACKED + orNot + ". Install it, " + add + "or " + pointing()));
        String help = options.length == 0 ? "" : output(program, "-h");
        return Arrays.stream(options)
                .filter(option -> !help.contains(option + ","))
                .findFirst()
                .map(option -> lack(
                        "'" + program + "' was built without " + option + ". Install one with it, or " + pointing()))
                .orElse(program);
    }

    private Path lack(String message) {
        return lack(kind, message);
    }

    /** Skips the test, or fails if {@code kind} is required. */
    static Path lack(String kind, String message) {
        if (isRequired(kind)) {
            throw new ServerException(message + " (-D" + REQUIRE + " lists '" + kind + "')");
        }
        System.err.println("SKIPPED, NEEDS " + kind.toUpperCase(Locale.ROOT) + ": " + message);
        return Assumptions.abort(message);
    }

    private String pointing() {
        return "point to one with -D" + property() + "=PATH or " + variable() + "=PATH";
    }

    private static boolean isRequired(String kind) {
        return Arrays.stream(System.getProperty(REQUIRE, "").split(","))
                .anyMatch(each -> each.strip().equals(kind));
    }

    private Optional<Path> find() {
        String set = System.getProperty(property(), System.getenv(variable()));
        if (set != null && !set.isBlank()) {
            return Optional.of(checked(Path.of(set)));
        }
        return folders()
                .flatMap(folder -> names.stream().map(folder::resolve))
                .filter(ServerBinary::isProgram)
                .filter(this::isNewEnough)
                .findFirst()
                .or(() -> carrier == null ? Optional.empty() : carrier.program());
    }

    /** Returns where programs are looked for. */
    static Stream<Path> folders() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        Stream<Path> onPath = Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(Path::of);
        Stream<Path> above = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent);
        return Stream.concat(onPath, above.map(folder -> folder.resolve(UNPACKED)));
    }

    private Path checked(Path set) {
        if (!isProgram(set)) {
            throw new ServerException("Cannot start " + kind + ": '" + set + "' is no program. Correct -D" + property()
                    + " or " + variable() + ", or leave it out.");
        }
        return set;
    }

    static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private boolean isNewEnough(Path program) {
        Matcher version = VERSION.matcher(output(program, "--version"));
        return version.find() && Version.parse(version.group()).compareTo(Version.parse(versionMin)) >= 0;
    }

    private static String output(Path program, String option) {
        try {
            Process asked = new ProcessBuilder(program.toString(), option)
                    .redirectErrorStream(true)
                    .start();
            asked.getOutputStream().close();
            String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return asked.waitFor(ANSWER_SECONDS_MAX, TimeUnit.SECONDS) ? answer : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private String property() {
        return "larder." + kind + ".server";
    }

    private String variable() {
        return "LARDER_" + kind.toUpperCase(Locale.ROOT) + "_SERVER";
    }
}
