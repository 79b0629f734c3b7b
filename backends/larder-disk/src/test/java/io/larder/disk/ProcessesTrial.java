package io.larder.disk;

import io.larder.Cache;
import io.larder.Larder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** Lets several processes use one folder at the same time, and looks whether they agree. Confined to one thread. */
final class ProcessesTrial {

    private static final int THREADS = 4;
    private static final List<String> REMOVALS = List.of("remove", "invalidate", "match", "clear");

    private ProcessesTrial() {}

    /** What came of it. */
    record Outcome(int processes, long calls, long errors, long wrong, int handedOver, List<String> faults) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "| %d x %d | %,d | %,d | %,d | %,d | %,d |",
                    processes,
                    THREADS,
                    calls,
                    errors,
                    wrong,
                    handedOver,
                    faults.size());
        }
    }

    /** Runs {@code processes} of four threads, while one hands a text to the others, or takes it away, {@code rounds} times. */
    static Outcome run(Path folder, int processes, int rounds, long seed) {
        String url = "disk:" + folder + "?timeout=10s&on-error=throw&codec=bytes";
        List<Child> children = IntStream.range(0, processes)
                .mapToObj(i -> Child.start(url, "process " + i, seed + 100L * i, new long[THREADS]))
                .toList();
        List<String> faults = new ArrayList<>();
        try {
            handOver(children, rounds, seed, faults);
            long[] sums = new long[4];
            for (Child child : children) {
                String[] end = child.ask("stop").split(" ", -1);
                for (int i = 1; i < end.length; i++) {
                    sums[i - 1] += Long.parseLong(end[i]);
                }
                faults.addAll(child.complaints());
                child.await();
            }
            try (Larder larder = Larder.open(url)) {
                Cache<String, Long> shared = Book.counters(larder, "shared");
                Long counted = shared.get("n");
                if ((counted == null ? 0 : counted) != sums[3]) {
                    faults.add("counted " + counted + ", expected " + sums[3]);
                }
            }
            faults.addAll(Integrity.faults(folder));
            return new Outcome(processes, sums[0], sums[1], sums[2], rounds * (processes - 1), faults);
        } finally {
            children.forEach(Child::close);
        }
    }

    private static void handOver(List<Child> children, int rounds, long seed, List<String> faults) {
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            Child giver = children.get(random.nextInt(children.size()));
            boolean removes = random.nextInt(3) == 0;
            String given = giver.ask(removes ? REMOVALS.get(random.nextInt(REMOVALS.size())) : "put round " + round);
            if (!given.equals("ok")) {
                faults.add(given);
            }
            for (Child taker : children) {
                String taken = taker.ask("get");
                String expected = removes ? "is null" : "is round " + round;
                if (!taken.equals(expected)) {
                    faults.add(taken + ", expected " + expected);
                }
            }
        }
    }
}
