package io.larder.bench.start;

import io.larder.bench.report.Chart;
import io.larder.bench.report.Digits;
import io.larder.bench.report.Machine;
import io.larder.bench.report.MarkdownTable;
import io.larder.bench.report.Report;
import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Tells what came of a run. */
record StartReport(
        Results<String, Command, Start> commands,
        Results<String, AppKind, Start> apps,
        Map<JarSet, Jars> jars,
        StartPlan plan) {

    private static final String CSV_HEADER = "part,round,subject,ready_ms,heap_bytes,process_bytes,jars,jar_bytes\n";

    /** Returns the page, the picture and the raw numbers. */
    Report report() {
        String tables = commandText() + commandTable() + appText() + appTable() + jarText() + jarTable();
        return new Report(
                "start",
                "Start-up and size, measured",
                Machine.here().text(),
                "![Time and memory of an application's start with each cache](start.svg)\n\n"
                        + "Each number is the median of all starts, with the lowest and the highest in brackets;"
                        + " [start.csv](start.csv) has\nevery measurement. What is started takes turns, and the order rotates.\n\n"
                        + tables,
                tables,
                chart().svg(),
                csv());
    }

    private String commandText() {
        return """
                ## The command line

                From the start of the process to its end, %d times, on the cache of a user's folder, where `k` is; the archive of shared
                classes is made. *Memory* is the most that was resident, of as many starts more, because looking takes time.

                """.formatted(plan.commandStarts());
    }

    private String commandTable() {
        MarkdownTable table = new MarkdownTable().words("command").numbers("ms", "memory, MiB");
        for (Command command : Command.values()) {
            table.row(List.of(
                    command.label(),
                    command(command, Start::millis).text(0),
                    command(command, Start::processMebibytes).text(1)));
        }
        return table.text();
    }

    private String appText() {
        return """

                ## A Spring Boot application

                Without a web server, and with one bean, whose method is `@Cacheable` and called twice: with larder-spring-boot-starter on
                `memory:`, or with Boot's own starter for caches beside Caffeine or Ehcache. *Ready* is from the start of the
                process to the second answer, %d times, each in a JVM of its own (%s of heap), without an archive of its classes.
                *Of none* is the time beside the same application's without a cache, in the same round. *Heap* is after a collection,
                *process* is what is resident before that. Ehcache is as Boot makes it of
                `spring.cache.cache-names`, by value and without a bound; the others have a bound and a ttl.

                """.formatted(plan.appStarts(), AppStarts.HEAP);
    }

    private String appTable() {
        MarkdownTable table =
                new MarkdownTable().words("cache").numbers("ready, ms", "of none", "heap, MiB", "process, MiB");
        for (AppKind kind : AppKind.values()) {
            table.row(List.of(
                    kind.label(),
                    app(kind, Start::millis).text(0),
                    apps.ratio(AppStarts.CELL, kind, List.of(AppKind.NONE), Start::millis)
                            .text(2),
                    app(kind, Start::heapMebibytes).text(1),
                    app(kind, Start::processMebibytes).text(1)));
        }
        return table.text();
    }

    private static String jarText() {
        return """

                ## Jars

                What Maven puts on the class path of a program that names this and nothing else, in the versions of this build. Ehcache
                asks for JAXB too, which only its configuration by XML needs, and which is left out here.

                """;
    }

    private String jarTable() {
        MarkdownTable table = new MarkdownTable().words("named").numbers("jars", "MiB");
        jars.forEach((set, all) ->
                table.row(List.of(set.label(), String.valueOf(all.count()), Digits.three(all.mebibytes()))));
        return table.text();
    }

    private Chart<AppKind> chart() {
        return new Chart<>(
                "Time and memory of an application's start with each cache",
                "A Spring Boot application with each cache: median and spread of its starts; shorter is better",
                List.of(AppKind.LARDER, AppKind.CAFFEINE, AppKind.EHCACHE, AppKind.NONE),
                AppKind::label,
                List.of(1),
                List.of(List.of(
                        panel("Ready, ms", Start::millis),
                        panel("Heap, MiB", Start::heapMebibytes),
                        panel("Process, MiB", Start::processMebibytes))));
    }

    private Chart.Panel<AppKind> panel(String label, ToDoubleFunction<Start> figure) {
        return new Chart.Panel<>(label, (kind, threads) -> {
            Spread spread = app(kind, figure);
            return Double.isNaN(spread.median()) ? Optional.empty() : Optional.of(spread);
        });
    }

    private Spread command(Command command, ToDoubleFunction<Start> figure) {
        return commands.spread(CommandStarts.CELL, command, figure);
    }

    private Spread app(AppKind kind, ToDoubleFunction<Start> figure) {
        return apps.spread(AppStarts.CELL, kind, figure);
    }

    private String csv() {
        StringBuilder csv =
                new StringBuilder(CSV_HEADER).append(lines(commands)).append(lines(apps));
        jars.forEach((set, all) -> csv.append("jars,1,%s,,,,%d,%d\n".formatted(set, all.count(), all.bytes())));
        return csv.toString();
    }

    private static <P> String lines(Results<String, P, Start> results) {
        return results.scores().stream()
                .map(score -> "%s,%d,%s,%s,%s,%s,,\n"
                        .formatted(
                                score.cell(),
                                score.round(),
                                score.peer(),
                                number(score.figures().millis(), 1),
                                number(score.figures().heapBytes(), 0),
                                number(score.figures().processBytes(), 0)))
                .collect(Collectors.joining());
    }

    private static String number(double value, int decimals) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
