package io.larder.testkit.faults;

import io.larder.BackendException;
import io.larder.spi.Reply;
import io.larder.testkit.GuardedBackend;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of one program to the server, on which requests and answers are late, overtake each other, are lost, and come twice. Confined to
 * the simulation.
 *
 * <p>What stores something or asks for a lease never comes twice: no connection repeats a request, and no layer of Larder does. The rest
 * does, to see that it is harmless.
 */
final class SimulatedWire extends GuardedBackend<String, byte[]> {

    static final int TIMEOUT_MILLIS = 100;

    private static final int LATE_MILLIS_MAX = 250;
    private static final int DELAY_MILLIS_MAX = 4;
    private static final Set<String> NEVER_TWICE = Set.of("put", "putAll", "add", "expire", "getOrLease");

    private final Simulation simulation;
    private final SimulatedServer server;
    private final Trouble trouble;

    /** What is wrong with the wire at the moment. */
    static final class Trouble {
        double late;
        double lostRequests;
        double lostAnswers;
        double twice;

        void heal() {
            late = 0;
            lostRequests = 0;
            lostAnswers = 0;
            twice = 0;
        }
    }

    SimulatedWire(Simulation simulation, SimulatedServer server, Trouble trouble) {
        super(server);
        this.simulation = simulation;
        this.server = server;
        this.trouble = trouble;
    }

    @Override
    protected <T extends @Nullable Object> Reply<T> guard(String method, Supplier<Reply<T>> call) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        simulation.in(TIMEOUT_MILLIS, () -> fail(answer, "no answer within " + TIMEOUT_MILLIS + " ms"));
        send(method, call, answer);
        if (!NEVER_TWICE.contains(method) && simulation.happens(trouble.twice)) {
            send(method, call, answer);
        }
        return Reply.pending(answer);
    }

    private <T extends @Nullable Object> void send(
            String method, Supplier<Reply<T>> call, CompletableFuture<T> answer) {
        int life = server.life();
        if (!simulation.happens(trouble.lostRequests)) {
            simulation.in(delay(), () -> arrive(method, call, answer, life));
        }
    }

    private <T extends @Nullable Object> void arrive(
            String method, Supplier<Reply<T>> call, CompletableFuture<T> answer, int life) {
        if (server.isDown() || server.life() != life) {
            fail(answer, "connection refused");
        } else if (simulation.happens(server.failing())) {
            fail(answer, "'" + method + "' fails before it takes effect");
        } else {
            T value = call.get().join();
            if (simulation.happens(server.failing())) {
                fail(answer, "'" + method + "' fails after it took effect");
            } else if (!simulation.happens(trouble.lostAnswers)) {
                simulation.in(delay(), () -> answer.complete(value));
            }
        }
    }

    private int delay() {
        return simulation.happens(trouble.late) ? simulation.draw(LATE_MILLIS_MAX) : simulation.draw(DELAY_MILLIS_MAX);
    }

    private static void fail(CompletableFuture<?> answer, String why) {
        answer.completeExceptionally(BackendException.passing("Simulated network: " + why, null));
    }
}
