package io.larder.bench.growth;

import java.time.Duration;

/** Times calls that follow one another on this thread. */
final class Stopwatch {

    /** So many calls at most between two looks at the clock. */
    private static final int BATCH_MAX = 1_024;
    /** A batch takes no more of the time than one part in so many. */
    private static final int BATCHES_MIN = 16;

    private final Duration time;

    Stopwatch(Duration time) {
        this.time = time;
    }

    /** Returns how long a call takes at the mean, after half as much time in which it does not count. */
    double nanos(Runnable call) {
        mean(call, time.toNanos() / 2);
        return mean(call, time.toNanos());
    }

    private static double mean(Runnable call, long nanos) {
        long calls = 0;
        long batch = 1;
        long start = System.nanoTime();
        long now = start;
        while (now - start < nanos) {
            for (long index = 0; index < batch; index++) {
                call.run();
            }
            calls += batch;
            long last = now;
            now = System.nanoTime();
            if (batch < BATCH_MAX && now - last < nanos / BATCHES_MIN / 2) {
                batch *= 2;
            }
        }
        return (double) (now - start) / calls;
    }

    /** Returns how long a step takes at the mean, when each needs something done before it that does not count. */
    double nanos(Runnable before, Runnable step) {
        long steps = 0;
        long taken = 0;
        long start = System.nanoTime();
        // What is done before may take far longer than what counts.
        while (taken < time.toNanos() && System.nanoTime() - start < 2 * time.toNanos()) {
            before.run();
            long began = System.nanoTime();
            step.run();
            taken += System.nanoTime() - began;
            steps++;
        }
        return (double) taken / steps;
    }
}
