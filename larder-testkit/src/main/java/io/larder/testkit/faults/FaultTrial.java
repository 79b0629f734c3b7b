package io.larder.testkit.faults;

import io.larder.EntryOptions;
import io.larder.OnError;
import io.larder.spi.Backend;
import io.larder.testkit.faults.SimulatedProgram.Setup;
import io.larder.testkit.faults.SimulatedWire.Trouble;
import io.larder.testkit.history.Event;
import io.larder.testkit.history.HistoryChecker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Three programs on one server, and faults of the network, the server and the clocks, all drawn from a seed. Confined to one thread.
 *
 * <p>Whatever happens, what the callers are told must have an explanation, every call must end, and when all is well again every key must be
 * loaded and stored as ever. A call that failed may have taken effect, or may yet.
 */
public final class FaultTrial {

    private static final int PROGRAMS = 3;
    private static final int CALLERS = 4;
    private static final int MILLIS = 800;
    private static final int FAULTS_MAX = 8;
    private static final int FAULT_MILLIS_MAX = 400;
    private static final long SKEW_MILLIS_MAX = Duration.ofMinutes(15).toMillis();
    private static final double SOME = 0.3;
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final List<Fault> FAULTS = List.of(Fault.values());
    private static final Set<Fault> OF_THE_WIRE = Set.copyOf(EnumSet.range(Fault.LATE, Fault.NO_WAY_BACK));

    private enum Fault {
        ERRORS,
        LATE,
        LOST_REQUESTS,
        LOST_ANSWERS,
        TWICE,
        NO_WAY_THERE,
        NO_WAY_BACK,
        RESTART,
        SKEW,
        EVICTED_ENTRY,
        EVICTED_LEASES,
        FLUSH
    }

    /**
     * What came of it.
     *
     * @param waiting calls that were never answered
     * @param stuck keys that could not be stored again
     * @param events what the callers were told, in order
     * @param violations what nothing explains
     */
    public record Outcome(
            long calls, int faults, int waiting, List<String> stuck, List<Event> events, List<String> violations) {

        /** Returns whether all went as it must. */
        public boolean isRight() {
            return waiting == 0 && stuck.isEmpty() && violations.isEmpty();
        }
    }

    private final Simulation simulation;
    private final SimulatedServer server;
    private final List<SimulatedProgram> programs = new ArrayList<>();
    private final List<SimulatedCaller> callers = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private int faults;

    private FaultTrial(long seed, UnaryOperator<Backend<String, byte[]>> layer) {
        simulation = new Simulation(seed);
        server = new SimulatedServer(simulation, layer);
    }

    /** Makes a trial whose programs, callers and faults are those of {@code seed}. */
    public static Outcome run(long seed) {
        return run(seed, UnaryOperator.identity());
    }

    /** Makes a trial on a server that is not as it should be. */
    static Outcome run(long seed, UnaryOperator<Backend<String, byte[]>> layer) {
        return new FaultTrial(seed, layer).run();
    }

    private Outcome run() {
        Setup setup = new Setup(
                simulation.happens(0.5) ? SHORT : EntryOptions.NEVER,
                simulation.happens(0.5) ? Duration.ofHours(1) : Duration.ZERO,
                simulation.happens(0.5) ? Duration.ZERO : EntryOptions.NEVER,
                simulation.happens(0.5) ? OnError.MISS : OnError.THROW);
        try {
            for (int i = 0; i < PROGRAMS; i++) {
                SimulatedProgram program = new SimulatedProgram(simulation, server, setup);
                programs.add(program);
                for (int j = 0; j < CALLERS; j++) {
                    callers.add(new SimulatedCaller(simulation, program.cache(), events, MILLIS));
                }
            }
            callers.forEach(SimulatedCaller::start);
            faults = 1 + simulation.draw(FAULTS_MAX);
            for (int i = 0; i < faults; i++) {
                Fault fault = FAULTS.get(simulation.draw(FAULTS.size()));
                simulation.in(simulation.draw(MILLIS), () -> cause(fault));
            }
            simulation.in(MILLIS, this::heal);
            simulation.run();
            return outcome();
        } finally {
            programs.forEach(SimulatedProgram::close);
        }
    }

    private Outcome outcome() {
        int waiting = (int) callers.stream().filter(SimulatedCaller::isWaiting).count();
        List<Event> told = List.copyOf(events);
        return new Outcome(
                callers.stream().mapToLong(SimulatedCaller::calls).sum(),
                faults,
                waiting,
                stuck(),
                told,
                new HistoryChecker(SimulatedCaller.KEYS).check(told).violations());
    }

    private void cause(Fault fault) {
        SimulatedProgram program = programs.get(simulation.draw(PROGRAMS));
        Trouble trouble = program.trouble();
        int millis = 1 + simulation.draw(FAULT_MILLIS_MAX);
        switch (fault) {
            case ERRORS -> {
                server.fail(SOME);
                simulation.in(millis, () -> server.fail(0));
            }
            case LATE -> trouble.late = SOME;
            case LOST_REQUESTS -> trouble.lostRequests = SOME;
            case LOST_ANSWERS -> trouble.lostAnswers = SOME;
            case TWICE -> trouble.twice = SOME;
            case NO_WAY_THERE -> trouble.lostRequests = 1;
            case NO_WAY_BACK -> trouble.lostAnswers = 1;
            case RESTART -> server.restart(millis);
            case SKEW -> program.clock().skew((long) ((simulation.draw(201) - 100) / 100.0 * SKEW_MILLIS_MAX));
            case EVICTED_ENTRY -> server.evict(SimulatedCaller.KEYS.key(simulation.draw(SimulatedCaller.KEYS.keys())));
            case EVICTED_LEASES -> server.evictLeases();
            case FLUSH -> server.flush();
        }
        if (OF_THE_WIRE.contains(fault)) {
            simulation.in(millis, trouble::heal);
        }
    }

    private void heal() {
        server.fail(0);
        programs.forEach(program -> {
            program.trouble().heal();
            program.clock().skew(0);
        });
    }

    /** Returns the keys that one program does not get, or has not stored so that another finds them. */
    private List<String> stuck() {
        List<String> stuck = new ArrayList<>();
        for (int number = 0; number < SimulatedCaller.KEYS.keys(); number++) {
            String key = SimulatedCaller.KEYS.key(number);
            boolean loaded = isValue(programs.get(0)
                    .cache()
                    .get(key, missing -> CompletableFuture.completedFuture("loaded"), EntryOptions.ttl(LONG)));
            if (!loaded || !isValue(programs.get(1).cache().get(key))) {
                stuck.add(key);
            }
        }
        return stuck;
    }

    private boolean isValue(CompletableFuture<@Nullable String> answer) {
        simulation.run();
        return answer.isDone() && !answer.isCompletedExceptionally() && answer.join() != null;
    }
}
