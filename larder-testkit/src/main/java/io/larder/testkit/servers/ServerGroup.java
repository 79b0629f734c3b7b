package io.larder.testkit.servers;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Servers that belong together: a failure shows the logs of all of them, and they are closed together. */
final class ServerGroup<S extends ServerProcess> {

    /** What Redis does by itself takes 3 s at most, on a machine that is not busy. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);

    private final List<S> members = new CopyOnWriteArrayList<>();

    S add(S server) {
        members.add(server);
        return server;
    }

    List<S> members() {
        return List.copyOf(members);
    }

    S byPort(int port) {
        return members.stream()
                .filter(server -> server.port() == port)
                .findFirst()
                .orElseThrow(() -> new ServerException("No server of " + members + " listens on port " + port));
    }

    /** Closes all when {@code step} fails, as nobody else could. */
    <T> T orClose(Supplier<T> step) {
        try {
            return step.get();
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    void await(String what, Callable<Boolean> condition) {
        try {
            Await.until(what, WAIT_MAX, condition);
        } catch (AssertionError e) {
            StringBuilder message = new StringBuilder(String.valueOf(e.getMessage()));
            members.forEach(server -> message.append('\n').append(server.withLog("")));
            throw new ServerException(message.toString(), e);
        }
    }

    void close() {
        members.forEach(ServerProcess::close);
    }
}
