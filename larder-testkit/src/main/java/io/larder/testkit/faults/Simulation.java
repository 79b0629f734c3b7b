package io.larder.testkit.faults;

import io.larder.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/** A time that jumps from one thing that is to happen to the next, all on one thread, and the chance that rules them. */
final class Simulation {

    private static final long START_MILLIS =
            Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Random random;
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::atMillis).thenComparingLong(Task::number));
    private long nowMillis;
    private long number;
    private long order;

    private record Task(long atMillis, long number, Runnable run) {}

    Simulation(long seed) {
        random = new Random(seed);
    }

    /** Returns the next number of the order in which things happen. */
    long order() {
        return ++order;
    }

    long nowMillis() {
        return nowMillis;
    }

    /** Returns a number from 0 to {@code limit}, without it. */
    int draw(int limit) {
        return random.nextInt(limit);
    }

    boolean happens(double share) {
        return random.nextDouble() < share;
    }

    /** Lets {@code run} happen {@code millis} from now. */
    void in(long millis, Runnable run) {
        tasks.add(new Task(nowMillis + millis, ++number, run));
    }

    /** Lets everything happen that is to, and what comes of it. */
    void run() {
        for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
            nowMillis = task.atMillis();
            task.run().run();
        }
    }

    /** The clock of one machine. */
    final class MachineClock implements Clock {

        private long skewMillis;

        void skew(long millis) {
            skewMillis = millis;
        }

        @Override
        public long millis() {
            return START_MILLIS + nowMillis + skewMillis;
        }

        @Override
        public long coarseMillis() {
            return millis();
        }

        @Override
        public long nanos() {
            return nowMillis * NANOS_PER_MILLI;
        }
    }
}
