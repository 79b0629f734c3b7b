package io.larder.cli.demo;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** The same reads for whoever is to be measured: few users are asked for often, most hardly ever (Zipf's law). */
final class ReadMix {

    private static final long SEED = 42;

    private final int[] userIds;

    /** What was measured. */
    record Result(int reads, long nanos, long medianNanos, long p99Nanos) {

        double readsPerSecond() {
            return reads / (nanos / 1e9);
        }
    }

    ReadMix(int reads, int users) {
        double[] sums = new double[users];
        double sum = 0;
        for (int rank = 0; rank < users; rank++) {
            sum += 1.0 / (rank + 1);
            sums[rank] = sum;
        }
        Random random = new Random(SEED);
        userIds = new int[reads];
        for (int i = 0; i < reads; i++) {
            int rank = Arrays.binarySearch(sums, random.nextDouble() * sum);
            userIds[i] = 1 + (rank < 0 ? -rank - 1 : rank);
        }
    }

    /** Reads all, on {@code threads} threads, or as far as it gets in {@code timeMax}. */
    Result run(IntConsumer read, int threads, Duration timeMax) {
        long[] nanos = new long[userIds.length];
        AtomicInteger next = new AtomicInteger();
        StopClock clock = StopClock.start();
        long took = Callers.run(threads, () -> {
            for (int i = next.getAndIncrement(); i < userIds.length; i = next.getAndIncrement()) {
                StopClock each = StopClock.start();
                read.accept(userIds[i]);
                nanos[i] = each.nanos();
                if (clock.nanos() > timeMax.toNanos()) {
                    break;
                }
            }
        });
        long[] done = Arrays.stream(nanos).filter(time -> time > 0).sorted().toArray();
        return new Result(done.length, took, done[done.length / 2], done[(int) (done.length * 0.99)]);
    }
}
