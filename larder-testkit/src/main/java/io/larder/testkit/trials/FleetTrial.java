package io.larder.testkit.trials;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets the callers of several programs, half of them without waiting, miss one key at the same time under {@code stampede=fleet}, and counts
 * who loads. Confined to one thread.
 */
public final class FleetTrial implements AutoCloseable {

    private static final int PROGRAMS = 8;
    private static final int CALLERS = 250;
    private static final long LINE_SECONDS_MAX = 120;

    private final String url;
    private final int callers;
    private final BlockingQueue<TrialProcess.Line> lines = new LinkedBlockingQueue<>();
    private final List<TrialProcess> programs = new ArrayList<>();
    private int keys;
    private int loads;
    private int loadsOfAKeyMax;
    private long answered;
    private long wrong;
    private final List<Double> millis = new ArrayList<>();

    /**
     * What came of it.
     *
     * @param wrong answers of a program whose callers were not all told the value that was loaded last
     * @param millis of each key: from the end of the load to the last answer, or from the end of its loader to the next load
     */
    public record Outcome(int keys, int loads, int loadsOfAKeyMax, long answered, long wrong, List<Double> millis) {

        /** Returns it as a row that begins with {@code on}; {@code what} says what took so long. */
        public TrialRow row(String on, String what) {
            return new TrialRow()
                    .with("on", on)
                    .with("cold keys", keys)
                    .with("loads", loads)
                    .with("most of one key", loadsOfAKeyMax)
                    .with("callers answered", answered)
                    .with("wrong answers", wrong)
                    .withMillis(what + ", ms: median / max", millis);
        }
    }

    /** Repeats both trials on {@code address}, with 8 programs of 250 callers, and prints what came of them. */
    public static void print(String on, String address, int keys) {
        TrialRow.print(
                "8 programs x 250 callers miss a key",
                List.of(misses(address, PROGRAMS, CALLERS, keys).row(on, "last answer after the load")));
        TrialRow.print(
                "8 programs x 250 callers miss a key, and the one that loads it is killed",
                List.of(deaths(address, PROGRAMS, CALLERS, keys).row(on, "another loads after")));
    }

    private FleetTrial(String url, int programs, int callers) {
        this.url = url;
        this.callers = callers;
        for (int i = 0; i < programs; i++) {
            this.programs.add(TrialProcess.start(FleetProcess.class, lines, url));
        }
    }

    /** Lets {@code callers} of each of {@code programs} ask for a cold key, and its load end when all have missed; as often as there are keys. */
    public static Outcome misses(String address, int programs, int callers, int keys) {
        return run(address + "?lease=60s", programs, callers, keys, false);
    }

    /** Lets the same ask, and kills the program that loads; another starts in its place, for the next key. */
    public static Outcome deaths(String address, int programs, int callers, int keys) {
        return run(address + "?lease=2s", programs, callers, keys, true);
    }

    private static Outcome run(String address, int programs, int callers, int keys, boolean deadly) {
        String url = address + "&stampede=fleet&timeout=1m&on-error=throw";
        try (FleetTrial trial = new FleetTrial(url, programs, callers)) {
            trial.awaitReady(programs);
            for (int key = 0; key < keys; key++) {
                if (deadly) {
                    trial.death("orphaned-" + key);
                } else {
                    trial.miss("missed-" + key);
                }
            }
            return new Outcome(
                    trial.keys,
                    trial.loads,
                    trial.loadsOfAKeyMax,
                    trial.answered,
                    trial.wrong,
                    List.copyOf(trial.millis));
        }
    }

    private void miss(String key) {
        Round round = new Round(key);
        while (round.waiting < programs.size() || round.loaders.isEmpty()) {
            round.hear(next());
        }
        StopClock sinceTheLoad = StopClock.start();
        round.end();
        millis.add(sinceTheLoad.millis());
    }

    private void death(String key) {
        Round round = new Round(key);
        while (round.loaders.isEmpty()) {
            round.hear(next());
        }
        TrialProcess dying = round.loaders.remove(0);
        dying.close();
        round.open.remove(dying);
        StopClock sinceTheDeath = StopClock.start();
        while (round.loaders.isEmpty()) {
            round.hear(next());
        }
        millis.add(sinceTheDeath.millis());
        round.end();
        programs.remove(dying);
        programs.add(TrialProcess.start(FleetProcess.class, lines, url));
        awaitReady(1);
    }

    /** One key, until all programs that are left have answered their callers. */
    private final class Round {

        private final Set<TrialProcess> open = new HashSet<>(programs);
        private final List<TrialProcess> loaders = new ArrayList<>();
        private final List<String> values = new ArrayList<>();
        private String loaded = "";
        private int loadsOfIt;
        private int waiting;

        Round(String key) {
            programs.forEach(program -> program.tell("ask " + key + " " + callers));
        }

        void hear(TrialProcess.Line line) {
            switch (line.word(0)) {
                case "loading" -> {
                    loaders.add(line.by());
                    loaded = line.word(1);
                    loadsOfIt++;
                }
                case "waiting" -> waiting++;
                case "answered" -> {
                    open.remove(line.by());
                    answered += Long.parseLong(line.word(1));
                    values.add(line.word(2));
                }
                default -> {
                    if (open.contains(line.by())) {
                        throw new IllegalStateException("A program of the trial said '" + line.text() + "'");
                    }
                }
            }
        }

        void end() {
            while (!open.isEmpty()) {
                loaders.forEach(loader -> loader.tell("go"));
                loaders.clear();
                hear(next());
            }
            keys++;
            loads += loadsOfIt;
            loadsOfAKeyMax = Math.max(loadsOfAKeyMax, loadsOfIt);
            wrong += callers
                    * values.stream().filter(value -> !value.equals(loaded)).count();
        }
    }

    private TrialProcess.Line next() {
        try {
            TrialProcess.@Nullable Line line = lines.poll(LINE_SECONDS_MAX, TimeUnit.SECONDS);
            if (line == null) {
                throw new IllegalStateException("No program of the trial said anything for " + LINE_SECONDS_MAX + " s");
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted in the trial", e);
        }
    }

    private void awaitReady(int count) {
        int ready = 0;
        while (ready < count) {
            TrialProcess.Line line = next();
            if (line.word(0).equals("ready")) {
                ready++;
            } else if (programs.contains(line.by())) {
                throw new IllegalStateException("A program of the trial said '" + line.text() + "' at its start");
            }
        }
    }

    /** Ends the programs. */
    @Override
    public void close() {
        programs.forEach(TrialProcess::close);
    }
}
