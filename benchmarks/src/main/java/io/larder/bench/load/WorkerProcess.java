package io.larder.bench.load;

import io.larder.bench.worker.Jdk;
import io.larder.bench.worker.LineProcess;
import io.larder.testkit.servers.ServerProcess;
import java.time.Duration;
import java.util.List;

/**
 * A peer in a JVM of its own, which stays for the whole run: what the compiler learned of one peer's code is not spoiled by another's,
 * and its processor time is its own. Confined to one thread.
 */
public final class WorkerProcess implements Contestant {

    /** The heap of a worker. */
    public static final String HEAP = "512m";

    private final LineProcess process;

    private WorkerProcess(LineProcess process) {
        this.process = process;
    }

    /** Starts {@code main}, which calls {@link Worker#run}, on the class path of this JVM, and waits for it. */
    public static WorkerProcess start(LoadPeer peer, Jdk jdk, Class<?> main, ServerProcess server) {
        return start(peer, jdk, main, peer.name(), String.valueOf(server.port()), String.valueOf(server.pid()));
    }

    static WorkerProcess start(LoadPeer peer, Jdk jdk, Class<?> main, String... arguments) {
        List<String> command = LineProcess.java(
                jdk, List.of("-Xms" + HEAP, "-Xmx" + HEAP), System.getProperty("java.class.path"), main, arguments);
        return new WorkerProcess(LineProcess.start(peer.label(), command));
    }

    @Override
    public boolean takes(LoadWorkload workload) {
        return true;
    }

    @Override
    public void fill(int valueBytes) {
        process.ask(Worker.fill(valueBytes));
    }

    @Override
    public LoadFigures run(LoadCell cell, Duration warmup, Duration measured) {
        return LoadFigures.parse(process.ask(Worker.run(cell, warmup, measured)));
    }

    /** Waits for its end, for a while. */
    @Override
    public void close() {
        process.close();
    }
}
