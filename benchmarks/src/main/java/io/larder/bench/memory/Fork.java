package io.larder.bench.memory;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A measurement by JMH, in a JVM of its own. */
public final class Fork {

    static final String HEAP = "2g";

    private Fork() {}

    /** Measures a method of a benchmark, which has these values for its parameters. */
    public static Figures measure(
            Class<?> benchmark, String method, Map<String, String> parameters, int threads, Plan plan)
            throws RunnerException {
        TimeValue time = new TimeValue(plan.iteration().toMillis(), TimeUnit.MILLISECONDS);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmark.getName() + "\\." + method + "$")
                .threads(threads)
                .forks(1)
                .jvmArgs("-Xms" + HEAP, "-Xmx" + HEAP)
                .warmupIterations(plan.warmups())
                .warmupTime(time)
                .measurementIterations(plan.measurements())
                .measurementTime(time)
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        parameters.forEach(options::param);
        RunResult run = new Runner(options.build()).run().iterator().next();
        double bytes = requireNonNull(run.getSecondaryResults().get("gc.alloc.rate.norm"))
                .getScore();
        return new Figures(run.getPrimaryResult().getScore(), bytes);
    }
}
