package io.larder.testkit.trials;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.LarderException;
import io.larder.testkit.servers.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes ever greater numbers while other programs read them through tiers, breaks something, and measures how far behind what had been
 * acknowledged the reads were. Started and used by one thread.
 *
 * <p>A read that begins when a write has been acknowledged is behind by the time between, if it is shown what was before. What one misses is
 * right: a cache may forget. Writer and readers share the clock of the machine.
 */
public final class TierTrial implements AutoCloseable {

    private static final int KEYS = 50;
    private static final int WRITES_BETWEEN = 500;
    private static final long BREATH_NANOS = 1_000_000;
    private static final Duration WAIT_MAX = Duration.ofMinutes(2);

    private final BlockingQueue<TrialProcess.Line> lines = new LinkedBlockingQueue<>();
    private final List<TrialProcess> readers = new ArrayList<>();
    private final Larder larder;
    private final Cache<String, Long> cache;
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private final AtomicLong writes = new AtomicLong();
    private final Thread writer = new Thread(this::write, "larder-trial-writer");
    private volatile boolean isOver;

    /** What each reader was shown last. */
    private final Map<Shown, Long> shown = new HashMap<>();

    private String coherence = "";
    private long reads;
    private long behind;
    private double behindMillis;

    /** What is done to servers, wires or programs while they are at work. */
    @FunctionalInterface
    public interface Disturbance {

        /** Does it, and returns when it is over. */
        void run(TierTrial trial) throws Exception;
    }

    /**
     * What came of it.
     *
     * @param coherence of the readers' tiers, as their statistics call it
     * @param writes that were acknowledged
     * @param behind how many writes some reader was not shown when it could have been
     * @param behindMillis for how long at most
     */
    public record Outcome(String coherence, int rounds, long writes, long reads, long behind, double behindMillis) {

        /** Returns it as a row that begins with {@code fault}. */
        public TrialRow row(String fault) {
            return new TrialRow()
                    .with("fault", fault)
                    .with("coherence", coherence)
                    .with("rounds", rounds)
                    .with("writes acknowledged", writes)
                    .with("reads", reads)
                    .with("writes seen late", behind)
                    .withMillis("longest, ms", behindMillis);
        }
    }

    private record Shown(TrialProcess by, String key) {}

    private TierTrial(String readerUrl, String writerUrl, int readers) {
        larder = Larder.open(writerUrl);
        cache = Caches.numbers(larder);
        for (int i = 0; i < readers; i++) {
            this.readers.add(TrialProcess.start(TierProcess.class, lines, readerUrl, String.valueOf(KEYS)));
        }
    }

    /**
     * Disturbs {@code readers} programs, as often as there are rounds.
     *
     * @param readerUrl of tiers
     * @param writerUrl of the last of them, by which this program writes; says {@code on-error=throw}
     * @throws AssertionError if a reader is not shown the last numbers when all is over
     */
    public static Outcome run(String readerUrl, String writerUrl, int readers, int rounds, Disturbance disturbance)
            throws Exception {
        try (TierTrial trial = new TierTrial(readerUrl, writerUrl, readers)) {
            trial.coherence = trial.hear().get(0).text().substring("ready ".length());
            trial.writer.start();
            for (int round = 0; round < rounds; round++) {
                trial.awaitWrites();
                disturbance.run(trial);
            }
            trial.awaitWrites();
            trial.isOver = true;
            trial.writer.join(WAIT_MAX.toMillis());
            Await.until("every reader has seen what was written last", WAIT_MAX, trial::isAllSeen);
            return new Outcome(
                    trial.coherence, rounds, trial.writes.get(), trial.reads, trial.behind, trial.behindMillis);
        }
    }

    static String key(int number) {
        return "key-" + number;
    }

    /** Stops one of the readers, by SIGSTOP, while the writer goes on for {@code pause}. */
    public void stopReader(Duration pause) {
        TrialProcess stopped = readers.get(0);
        stopped.pause();
        awaitWritesFor(pause);
        stopped.resume();
    }

    /** Waits until there were enough writes to be late with. */
    public void awaitWrites() {
        awaitWritesFor(Duration.ZERO);
    }

    /** Waits for {@code min}, and until there were enough writes to be late with. */
    public void awaitWritesFor(Duration min) {
        StopClock clock = StopClock.start();
        long before = writes.get();
        Await.until(
                "there are more writes",
                min.plus(WAIT_MAX),
                () -> writes.get() > before + WRITES_BETWEEN && clock.millis() > min.toMillis());
    }

    private void write() {
        for (long number = 1; !isOver; number++) {
            for (int i = 0; i < KEYS; i++) {
                LockSupport.parkNanos(BREATH_NANOS);
                try {
                    cache.put(key(i), number);
                    acknowledgements.add(key(i), number, StopClock.sharedNanos());
                    writes.incrementAndGet();
                } catch (LarderException unknown) {
                    // It may be there or not, and nobody has to be shown it.
                }
            }
        }
    }

    /** Asks the readers what they are shown, and returns whether it is the last of everything. */
    private boolean isAllSeen() {
        readers.forEach(reader -> reader.tell("tell"));
        reads = hear().stream().mapToLong(line -> line.number(1)).sum();
        return shown.entrySet().stream()
                .allMatch(each ->
                        each.getValue() >= acknowledgements.last(each.getKey().key()));
    }

    /** Judges what the readers saw until each of them has said something else, and returns that. */
    private List<TrialProcess.Line> hear() {
        List<TrialProcess.Line> said = new ArrayList<>();
        while (said.size() < readers.size()) {
            TrialProcess.Line line = TrialProcess.next(lines, WAIT_MAX);
            switch (line.word(0)) {
                case "saw" -> saw(new Shown(line.by(), line.word(1)), line.number(2), line.number(3));
                default -> said.add(line);
            }
        }
        return said;
    }

    private void saw(Shown where, long number, long nanos) {
        shown.put(where, number);
        double millis = acknowledgements.millisBehind(where.key(), number, nanos);
        if (millis > 0) {
            behind++;
            behindMillis = Math.max(behindMillis, millis);
        }
    }

    /** Ends the readers, and the writer. */
    @Override
    public void close() {
        isOver = true;
        readers.forEach(TrialProcess::close);
        larder.close();
    }
}
