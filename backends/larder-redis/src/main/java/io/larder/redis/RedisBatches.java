package io.larder.redis;

import io.larder.ConfigException;
import io.larder.url.CacheUrl;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import java.util.List;

/**
 * How the commands of concurrent callers share a connection. Immutable. A cluster's do not: each leaves at once.
 *
 * @param max how many leave together at most; 1 lets each leave at once, as if it were alone
 * @param inFlight how many batches may be on their way at the same time
 * @param yields how often a thread that waits for an answer lets others run before it is parked, which costs more than a short wait
 */
public record RedisBatches(int max, int inFlight, int yields) {

    private static final int COUNT_MAX = 10_000;

    /** What a URL without parameters stands for. */
    public static final RedisBatches STANDARD = new RedisBatches(256, 4, 10);

    static final ParameterSet PARAMETERS = new ParameterSet(List.of(
            new Parameter(
                    "batch",
                    "count such as '256'",
                    String.valueOf(STANDARD.max()),
                    "Commands of concurrent callers that leave together at most; 1 sends each at once."),
            new Parameter(
                    "batches",
                    "count such as '1'",
                    String.valueOf(STANDARD.inFlight()),
                    "How many of these may be on their way at the same time."),
            new Parameter(
                    "yields",
                    "count such as '10'",
                    String.valueOf(STANDARD.yields()),
                    "How often a thread that waits lets others run before it is parked.")));

    /** Refuses what cannot work. */
    public RedisBatches {
        requireBetween("batch", max, 1);
        requireBetween("batches", inFlight, 1);
        requireBetween("yields", yields, 0);
    }

    /** Returns this, changed by what {@code url} says. */
    RedisBatches with(CacheUrl url) {
        Parameters given = url.parameters();
        return new RedisBatches(
                count(given, "batch", max), count(given, "batches", inFlight), count(given, "yields", yields));
    }

    /** Whether commands leave one by one. */
    boolean isOff() {
        return max == 1;
    }

    private static int count(Parameters given, String name, int standard) {
        return Math.toIntExact(Math.min(given.count(name, standard), Integer.MAX_VALUE));
    }

    private static void requireBetween(String name, int value, int min) {
        if (value < min || value > COUNT_MAX) {
            throw new ConfigException(
                    "'" + name + "' must be from " + min + " to " + COUNT_MAX + ", was '" + value + "'");
        }
    }
}
