package io.larder.examples;

import io.larder.Cache;
import io.larder.Counters;
import io.larder.EntryOptions;
import io.larder.Larder;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * How do I count from many threads without losing one? With counters, which are entries of their own kind of value.
 *
 * <p>You will see:
 *
 * <pre>{@code
 * home: 1000
 * calls left today: 98
 * }</pre>
 */
public final class CountVisits {

    private CountVisits() {}

    /** Runs the example. */
    public static void main(String[] args) {
        try (Larder larder = Larder.open("memory:")) {
            Cache<String, Long> visits =
                    larder.cache("visits", String.class, Long.class).build();
            Counters<String> counters = visits.counters();

            IntStream.range(0, 1_000).parallel().forEach(visit -> counters.increment("home"));
            System.out.println("home: " + visits.get("home"));

            // The quota starts at 100 and ends a day after its first use.
            EntryOptions day = EntryOptions.ttl(Duration.ofDays(1));
            counters.add("quota:ann", -1, 100, day);
            System.out.println("calls left today: " + counters.add("quota:ann", -1, 100, day));
        }
    }
}
