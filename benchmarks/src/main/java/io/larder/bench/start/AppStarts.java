package io.larder.bench.start;

import static java.util.Objects.requireNonNull;

import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import io.larder.bench.rounds.Turns;
import io.larder.bench.start.app.App;
import io.larder.bench.start.app.Caching;
import io.larder.bench.start.app.ProcessMemory;
import io.larder.bench.start.app.Titles;
import io.larder.bench.worker.LineProcess;
import io.larder.bench.worker.Orders;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts the application again and again, each time in a JVM of its own, with nothing on its class path but what it names. */
final class AppStarts {

    static final String CELL = "app";
    static final String HEAP = "256m";

    /** All of the application; the class path of this suite has far more. */
    private static final List<Class<?>> CLASSES =
            List.of(App.class, Caching.class, Titles.class, ProcessMemory.class, Orders.class, Orders.Order.class);

    private static final double NANOS_PER_MILLI = 1e6;

    private final Map<AppKind, List<Path>> jars;
    private final Path classes;

    /** Takes the jars of each, and a folder for the application's own classes. */
    AppStarts(Map<AppKind, List<Path>> jars, Path classes) throws IOException {
        this.jars = jars;
        this.classes = classes;
        for (Class<?> one : CLASSES) {
            String name = one.getName().replace('.', '/') + ".class";
            Path file = classes.resolve(name);
            Files.createDirectories(requireNonNull(file.getParent()));
            try (InputStream bytes = requireNonNull(AppStarts.class.getResourceAsStream("/" + name))) {
                Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    Results<String, AppKind, Start> run(int rounds) {
        List<Score<String, AppKind, Start>> scores = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            for (AppKind kind : Turns.of(List.of(AppKind.values()), round)) {
                Start start = start(kind);
                scores.add(new Score<>(round, CELL, kind, start));
                System.err.printf(
                        Locale.ROOT, "round %d/%d  %-40s %6.0f ms%n", round, rounds, kind.label(), start.millis());
            }
        }
        return new Results<>(scores);
    }

    private Start start(AppKind kind) {
        List<String> command = command(kind);
        long start = System.nanoTime();
        try (LineProcess process = LineProcess.start(kind.label(), command)) {
            double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
            String loads = process.ask("loads");
            if (!loads.equals(kind.isCached() ? "1" : "2")) {
                throw new IllegalStateException(
                        kind.label() + " did the work of two calls " + loads + " times. Its start cannot be compared");
            }
            String[] memory = process.ask("memory").split(" ", -1);
            return new Start(millis, Double.parseDouble(memory[0]), Double.parseDouble(memory[1]));
        }
    }

    private List<String> command(AppKind kind) {
        String classPath = Stream.concat(Stream.of(classes), requireNonNull(jars.get(kind)).stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> arguments = new ArrayList<>();
        arguments.add(kind.isCached() ? App.CACHED : "plain");
        arguments.add("--logging.level.root=warn");
        arguments.add("--spring.cache.cache-names=titles");
        kind.properties().forEach(property -> arguments.add("--" + property));
        return LineProcess.java(List.of("-Xmx" + HEAP), classPath, App.class, arguments.toArray(String[]::new));
    }
}
