package io.larder.testkit.trials;

import io.larder.testkit.history.Event;
import io.larder.testkit.history.EventFile;
import io.larder.testkit.history.HistoryChecker.Report;
import io.larder.testkit.history.HistoryTrial;
import io.larder.url.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets several programs, each with tiers of its own before one server, make random calls on the same keys, and judges what all of them were
 * told as one history. Used by one thread.
 *
 * <p>They take the order of their calls from the machine's one clock, which is looked at first. A round is as many calls as the trial says, in
 * each program, and begins with an empty server and without copies, so that what is kept of a history is bounded.
 */
public final class TierHistory implements AutoCloseable {

    private static final Duration WAIT_MAX = Duration.ofMinutes(10);
    private static final Pattern BOUND = Pattern.compile("\\w+, within (\\w+)\\b.*");

    private final BlockingQueue<TrialProcess.Line> lines = new LinkedBlockingQueue<>();
    private final List<TrialProcess> programs = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private final String url;
    private final Runnable emptyServer;

    /**
     * What came of it.
     *
     * @param coherence of the tiers, as their statistics call it
     * @param calls of all programs
     */
    public record Outcome(String coherence, int programs, int rounds, long calls, Report report) {}

    private TierHistory(Class<?> main, int programs, String url, Runnable emptyServer) throws IOException {
        this.url = url;
        this.emptyServer = emptyServer;
        for (int number = 0; number < programs; number++) {
            this.programs.add(TrialProcess.start(main, lines, String.valueOf(number)));
            files.add(Files.createTempFile("larder-history", ".events"));
        }
    }

    /**
     * Runs rounds for {@code time}, one at least.
     *
     * @param main of a program, {@link TierHistoryProcess} or one that calls its {@code run}
     * @param url of tiers, the same for all programs
     * @param trial what each program does in a round
     */
    public static Outcome run(
            Class<?> main, int programs, String url, Runnable emptyServer, HistoryTrial trial, Duration time)
            throws IOException {
        StopClock clock = StopClock.start();
        try (TierHistory history = new TierHistory(main, programs, url, emptyServer)) {
            history.compareClocks();
            Outcome sum = history.round(trial);
            while (clock.millis() < time.toMillis()) {
                Outcome next = history.round(trial.withSeed(trial.seed() + sum.rounds()));
                sum = new Outcome(
                        sum.coherence(),
                        programs,
                        sum.rounds() + 1,
                        sum.calls() + next.calls(),
                        sum.report().plus(next.report()));
            }
            return sum;
        }
    }

    /** Throws if a program's clock does not show a moment between two of this one's. */
    private void compareClocks() {
        for (TrialProcess program : programs) {
            long before = StopClock.sharedNanos();
            program.tell("time");
            long theirs = hear(1).get(0).number(1);
            long after = StopClock.sharedNanos();
            if (theirs < before || theirs > after) {
                throw new IllegalStateException(
                        "Cannot compare what programs did when: one's clock showed " + theirs + " ns between " + before
                                + " and " + after + ". This takes a machine whose processes share one");
            }
        }
    }

    private Outcome round(HistoryTrial trial) throws IOException {
        emptyServer.run();
        programs.forEach(program -> program.tell("open " + url));
        String coherence = hear(programs.size()).get(0).text().substring("opened ".length());
        for (int number = 0; number < programs.size(); number++) {
            long seed = trial.seed() + (long) number * trial.threads() * Short.MAX_VALUE;
            programs.get(number)
                    .tell("play %d %d %d %d %s"
                            .formatted(trial.threads(), trial.keys(), trial.calls(), seed, files.get(number)));
        }
        hear(programs.size());
        List<List<Event>> events = new ArrayList<>();
        for (Path file : files) {
            events.add(EventFile.read(file));
        }
        Report report = trial.checker().check(events, bound(coherence).toNanos());
        return new Outcome(coherence, programs.size(), 1, (long) programs.size() * trial.calls(), report);
    }

    private static Duration bound(String coherence) {
        Matcher told = BOUND.matcher(coherence);
        if (!told.matches()) {
            throw new IllegalStateException("These tiers have no bound within which they are told of changes, but '"
                    + coherence + "'. Take a backend that tells");
        }
        return Units.duration("bound", told.group(1));
    }

    private List<TrialProcess.Line> hear(int count) {
        List<TrialProcess.Line> said = new ArrayList<>();
        while (said.size() < count) {
            said.add(TrialProcess.next(lines, WAIT_MAX));
        }
        return said;
    }

    /** Ends the programs, and removes their files. */
    @Override
    public void close() throws IOException {
        programs.forEach(TrialProcess::close);
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
