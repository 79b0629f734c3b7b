package io.larder.disk;

import io.larder.Larder;
import io.larder.disk.DiskConfig.Sync;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Kills a process that writes, at random moments, and looks each time whether exactly that is there which it had been told was done,
 * give or take the one step that each thread was at. Confined to one thread.
 */
final class CrashTrial {

    private static final int THREADS = 4;

    private final Path folder;
    private final Sync sync;
    private final Random random;
    private final long seed;
    private final List<Book> books = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private long stepsBefore;
    private long reopenNanosMax;

    private CrashTrial(Path folder, Sync sync, long seed) {
        this.folder = folder;
        this.sync = sync;
        this.seed = seed;
        this.random = new Random(seed);
        for (int thread = 0; thread < THREADS; thread++) {
            books.add(new Book(seed + thread, "crash " + thread));
        }
    }

    /** What came of it: the steps that were acknowledged, and everything that was not as it has to be. */
    record Outcome(int kills, long steps, double reopenMillisMax, List<String> faults) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "| %,d | %,d | %,.0f | %,d |", kills, steps, reopenMillisMax, faults.size());
        }
    }

    static Outcome run(Path folder, Sync sync, int kills, long seed) {
        CrashTrial trial = new CrashTrial(folder, sync, seed);
        for (int i = 0; i < kills && trial.faults.size() < 10; i++) {
            trial.crash(i);
        }
        return new Outcome(kills, trial.stepsBefore, trial.reopenNanosMax / 1e6, trial.faults);
    }

    private String url() {
        return "disk:" + folder + "?timeout=10s&on-error=throw&codec=bytes&sync="
                + sync.name().toLowerCase(Locale.ROOT);
    }

    private void crash(int round) {
        long[] done = books.stream().mapToLong(Book::steps).toArray();
        try (Child child = Child.start(url(), "crash", seed, done)) {
            // One in five is killed while it starts, the others while they write.
            long fromNanos = MachineClock.nanos();
            long startNanos = TimeUnit.MILLISECONDS.toNanos(150 + random.nextInt(250));
            boolean starting = round % 5 == 4;
            long until = sum(done) + 1 + random.nextInt(300);
            while (starting ? MachineClock.nanos() - fromNanos < startNanos : sum(child.steps()) < until) {
                LockSupport.parkNanos(100_000);
            }
            child.kill();
            faults.addAll(child.complaints());
            check(round, child.steps());
        }
    }

    private void check(int round, long[] told) {
        long fromNanos = MachineClock.nanos();
        try (Larder larder = Larder.open(url())) {
            larder.cache("any", String.class, byte[].class).build().ping();
            reopenNanosMax = Math.max(reopenNanosMax, MachineClock.nanos() - fromNanos);
            for (int thread = 0; thread < THREADS; thread++) {
                Book book = books.get(thread);
                stepsBefore += told[thread] - book.steps();
                while (book.steps() < told[thread]) {
                    book.done();
                }
                @Nullable String asTold = book.difference(larder);
                if (asTold != null) {
                    // The step that it was at may have been done too, all of it.
                    book.done();
                    @Nullable String oneMore = book.difference(larder);
                    if (oneMore != null) {
                        faults.add("after kill " + round + ": " + asTold + "; " + oneMore);
                    }
                }
            }
            if (!Files.exists(folder.resolve("larder-1.db"))) {
                faults.add("after kill " + round + ": the database was exchanged");
            }
        }
        faults.addAll(Integrity.faults(folder));
    }

    private static long sum(long[] steps) {
        long sum = 0;
        for (long step : steps) {
            sum += step;
        }
        return sum;
    }
}
