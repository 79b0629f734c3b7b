package io.larder.bench;

import static java.util.Objects.requireNonNull;

import io.larder.bench.codecs.CodecsSuite;
import io.larder.bench.disk.DiskSuite;
import io.larder.bench.engines.EnginesSuite;
import io.larder.bench.growth.GrowthSuite;
import io.larder.bench.memcached.MemcachedSuite;
import io.larder.bench.memory.MemorySuite;
import io.larder.bench.redis.RedisSuite;
import io.larder.bench.redis.VirtualSuite;
import io.larder.bench.report.Report;
import io.larder.bench.rounds.Effort;
import io.larder.bench.start.StartSuite;
import io.larder.bench.summary.Summary;
import io.larder.bench.tiers.TiersSuite;
import io.larder.bench.traces.TracesSuite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures Larder beside its peers, by the suite that is asked for, or by all.
 *
 * <p>Prints its tables and writes them to {@code docs/performance}; {@code summary} makes one page of what is there. With
 * {@code --quick} it only prints them, because numbers made in a hurry are not for quoting. With {@code --again} it keeps the numbers
 * beside the first run's and says on what both agree. Single measurements, with all of JMH's options:
 * {@code java -jar benchmarks.jar -h}.
 */
public final class BenchMain {

    private static final Map<String, Suite> SUITES = new TreeMap<>(Map.ofEntries(
            Map.entry("codecs", CodecsSuite::run),
            Map.entry("disk", DiskSuite::run),
            Map.entry("engines", EnginesSuite::run),
            Map.entry("growth", GrowthSuite::run),
            Map.entry("memcached", MemcachedSuite::run),
            Map.entry("memory", MemorySuite::run),
            Map.entry("redis", RedisSuite::run),
            Map.entry("start", StartSuite::run),
            Map.entry("tiers", TiersSuite::run),
            Map.entry("traces", TracesSuite::run),
            Map.entry("virtual", VirtualSuite::run)));

    private static final String ALL = "all";
    private static final String SUMMARY = "summary";
    private static final String QUICK = "--quick";
    private static final String AGAIN = "--again";
    private static final String USAGE = "Usage: bin/bench " + String.join("|", SUITES.keySet()) + "|" + ALL + " ["
            + QUICK + "|" + AGAIN + "], or bin/bench " + SUMMARY;
    private static final Path DOCS = Path.of("docs");
    private static final Path PAGES = DOCS.resolve("performance");

    private BenchMain() {}

    private interface Suite {
        Report run(Effort effort) throws Exception;
    }

    /** Runs what the arguments name; exits with 2 when they name nothing, and with 1 when a suite among all has failed. */
    public static void main(String[] args) throws Exception {
        List<String> words = List.of(args);
        String name = words.isEmpty() ? "" : words.get(0);
        String flag = words.size() < 2 ? "" : words.get(1);
        if (words.size() > 2 || !isKnown(name, flag)) {
            stop("Cannot run '" + String.join(" ", words) + "'. " + USAGE);
        }
        if (!flag.equals(QUICK) && !Files.isDirectory(DOCS)) {
            // Before the run, not after it.
            stop("Cannot write to '" + DOCS + "': no such folder here. Start bin/bench in the project's folder");
        }
        switch (name) {
            case ALL -> runAll(flag);
            case SUMMARY -> Summary.of(PAGES).write(PAGES);
            default -> {
                run(name, flag);
                if (flag.equals(AGAIN)) {
                    System.out.print(Summary.of(PAGES).agreement());
                }
            }
        }
    }

    private static boolean isKnown(String name, String flag) {
        return switch (flag) {
            case "" -> SUITES.containsKey(name) || name.equals(ALL) || name.equals(SUMMARY);
            case QUICK, AGAIN -> SUITES.containsKey(name) || name.equals(ALL);
            default -> false;
        };
    }

    private static void stop(String why) {
        System.err.println(why);
        System.exit(2);
    }

    /** Returns the raw numbers. */
    private static String run(String name, String flag) throws Exception {
        Suite suite = requireNonNull(SUITES.get(name));
        Report report = suite.run(flag.equals(QUICK) ? Effort.QUICK : Effort.FULL);
        System.out.print(report.tables());
        switch (flag) {
            case QUICK -> {}
            case AGAIN -> report.writeNumbers(PAGES.resolve(Summary.AGAIN));
            default -> report.write(PAGES, LocalDate.now(ZoneOffset.UTC));
        }
        return report.csv();
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // The other suites are still to be measured.
    private static void runAll(String flag) throws Exception {
        Map<String, String> numbers = new LinkedHashMap<>();
        List<String> failed = new ArrayList<>();
        for (String name : SUITES.keySet()) {
            try {
                numbers.put(name, run(name, flag));
            } catch (Exception e) {
                e.printStackTrace();
                failed.add(name);
            }
        }
        if (flag.equals(QUICK)) {
            System.out.print(Summary.goals(numbers));
        } else {
            Summary.of(PAGES).write(PAGES);
        }
        if (!failed.isEmpty()) {
            System.err.println("Some suites failed, and what they printed above says why: " + failed);
            System.exit(1);
        }
    }
}
