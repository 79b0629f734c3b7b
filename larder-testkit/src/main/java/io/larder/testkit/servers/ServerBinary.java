package io.larder.testkit.servers;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds the program of a server: where a setting says, on the PATH, or in an artifact that carries it.
 *
 * @param kind what {@code -Dlarder.require} calls it
 * @param names of the program on the PATH, the best first
 * @param majorMin the oldest major version that will do, of those that nobody asked for by a setting
 */
record ServerBinary(String kind, List<String> names, int majorMin) {

    private static final String REQUIRE = "larder.require";
    private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.|(?:^| )(\\d+)\\.\\d+");
    private static final int VERSION_SECONDS_MAX = 10;

    /**
     * Returns the program, or skips the test, loudly and by name.
     *
     * @throws ServerException instead, when {@code -Dlarder.require} lists this kind
     */
    Path require(Carrier carrier) {
        Optional<Path> found = find(carrier);
        if (found.isPresent()) {
            return found.get();
        }
        String message = "No " + names.get(0) + " " + majorMin + " or later is on the PATH" + carrier.orNot()
                + ". Install it, add that artifact, or point to one with -D" + property() + "=PATH or " + variable()
                + "=PATH";
        if (isRequired()) {
            throw new ServerException(message + " (-D" + REQUIRE + " lists '" + kind + "')");
        }
        System.err.println("SKIPPED, NEEDS " + kind.toUpperCase(Locale.ROOT) + ": " + message);
        return Assumptions.abort(message);
    }

    private boolean isRequired() {
        return Arrays.stream(System.getProperty(REQUIRE, "").split(","))
                .anyMatch(each -> each.strip().equals(kind));
    }

    private Optional<Path> find(Carrier carrier) {
        String set = System.getProperty(property(), System.getenv(variable()));
        if (set != null && !set.isBlank()) {
            return Optional.of(checked(Path.of(set)));
        }
        return names.stream()
                .map(this::onPath)
                .flatMap(Optional::stream)
                .filter(this::isNewEnough)
                .findFirst()
                .or(carrier::program);
    }

    private Path checked(Path set) {
        if (!Files.isRegularFile(set) || !Files.isExecutable(set)) {
            throw new ServerException("Cannot start " + kind + ": '" + set + "' is no program. Correct -D" + property()
                    + " or " + variable() + ", or leave it out.");
        }
        return set;
    }

    private Optional<Path> onPath(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private boolean isNewEnough(Path program) {
        Matcher version = VERSION.matcher(versionOf(program));
        return version.find() && Integer.parseInt(firstOf(version.group(1), version.group(2))) >= majorMin;
    }

    private static String firstOf(@Nullable String one, @Nullable String other) {
        return one != null ? one : Optional.ofNullable(other).orElse("0");
    }

    private static String versionOf(Path program) {
        try {
            Process asked = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            asked.getOutputStream().close();
            String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return asked.waitFor(VERSION_SECONDS_MAX, TimeUnit.SECONDS) ? answer : "";
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
