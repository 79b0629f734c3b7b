package io.larder.bench.start;

import static java.util.Objects.requireNonNull;

import io.larder.bench.report.Report;
import io.larder.bench.report.Versions;
import io.larder.bench.rounds.Effort;
import io.larder.bench.rounds.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures what comes before the first call, and tells what came of it. */
public final class StartSuite {

    /** Where {@code bin/bench} runs. */
    private static final Path PROJECT = Path.of("");

    private static final Path FOLDER = Path.of("benchmarks", "target", "start");

    private StartSuite() {}

    /** Asks Maven for all class paths, and starts what is to be started. */
    public static Report run(Effort effort) throws IOException {
        StartPlan plan = StartPlan.of(effort);
        Map<String, List<Path>> jars =
                new ClassPaths(PROJECT, FOLDER, new Versions().of("larder")).resolve(dependencies());
        Map<JarSet, Jars> sets = new EnumMap<>(JarSet.class);
        for (JarSet set : JarSet.values()) {
            sets.put(set, Jars.of(requireNonNull(jars.get(set.name()))));
        }
        Map<AppKind, List<Path>> apps = new EnumMap<>(AppKind.class);
        for (AppKind kind : AppKind.values()) {
            apps.put(kind, requireNonNull(jars.get(app(kind))));
        }
        Results<String, Command, Start> commands =
                new CommandStarts(Path.of("bin", "larder")).run(plan.commandStarts());
        Results<String, AppKind, Start> starts = new AppStarts(apps, FOLDER.resolve("classes")).run(plan.appStarts());
        return new StartReport(commands, starts, sets, plan).report();
    }

    static Map<String, List<String>> dependencies() {
        Map<String, List<String>> dependencies = new LinkedHashMap<>();
        for (JarSet set : JarSet.values()) {
            dependencies.put(set.name(), set.dependencies());
        }
        for (AppKind kind : AppKind.values()) {
            dependencies.put(app(kind), kind.dependencies());
        }
        return dependencies;
    }

    private static String app(AppKind kind) {
        return "APP_" + kind.name();
    }
}
