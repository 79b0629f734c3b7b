package io.larder.bench;

import io.larder.bench.codecs.CodecsSuite;
import io.larder.bench.disk.DiskSuite;
import io.larder.bench.engines.EnginesSuite;
import io.larder.bench.memcached.MemcachedSuite;
import io.larder.bench.memory.MemorySuite;
import io.larder.bench.redis.RedisSuite;
import io.larder.bench.report.Report;
import io.larder.bench.rounds.Effort;
import io.larder.bench.tiers.TiersSuite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures Larder beside its peers, by the suite that is asked for.
 *
 * <p>Prints its tables and writes them to {@code docs/performance}; with {@code --quick} it only prints them, because numbers made in
 * a hurry are not for quoting. Single measurements in memory, with all of JMH's options: {@code java -jar benchmarks.jar -h}.
 */
public final class BenchMain {

    private static final Map<String, Suite> SUITES = new TreeMap<>(Map.of(
            "codecs", CodecsSuite::run,
            "disk", DiskSuite::run,
            "engines", EnginesSuite::run,
            "memcached", MemcachedSuite::run,
            "memory", MemorySuite::run,
            "redis", RedisSuite::run,
            "tiers", TiersSuite::run));
    private static final String USAGE = "Usage: bin/bench " + String.join("|", SUITES.keySet()) + " [--quick]";
    private static final Path DOCS = Path.of("docs");

    private BenchMain() {}

    private interface Suite {
        Report run(Effort effort) throws Exception;
    }

    /** Runs what the arguments name; exits with 2 when they name nothing. */
    public static void main(String[] args) throws Exception {
        List<String> words = List.of(args);
        Suite suite = words.isEmpty() ? null : SUITES.get(words.get(0));
        boolean quick = words.size() == 2 && words.get(1).equals("--quick");
        if (suite == null || (words.size() > 1 && !quick)) {
            System.err.println("Cannot run '" + String.join(" ", words) + "'. " + USAGE);
            System.exit(2);
            return;
        }
        if (!quick) {
            checkFolder();
        }
        Report report = suite.run(quick ? Effort.QUICK : Effort.FULL);
        System.out.print(report.tables());
        if (!quick) {
            report.write(DOCS.resolve("performance"), LocalDate.now(ZoneOffset.UTC));
        }
    }

    /** Before the run, not after it. */
    private static void checkFolder() {
        if (!Files.isDirectory(DOCS)) {
            System.err.println(
                    "Cannot write to '" + DOCS + "': no such folder here. Start bin/bench in the project's folder");
            System.exit(2);
        }
    }
}
