package io.larder.bench.load;

import io.larder.bench.report.Report;
import io.larder.bench.rounds.Results;
import io.larder.bench.worker.Jdk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** All that take part in a run against one server. Confined to one thread. */
public final class LoadRun<P extends LoadPeer> implements AutoCloseable {

    private final LoadServer server;
    private final LoadCheck check;
    private final Map<P, Contestant> contestants = new LinkedHashMap<>();

    /** Takes a server that nobody else uses; it stays the caller's to close. */
    public LoadRun(LoadServer server) {
        this.server = server;
        this.check = new LoadCheck(server);
    }

    /** Adds a peer in a JVM of its own, once it has shown that it is a cache on the server. */
    public void add(P peer, Class<?> worker) {
        add(peer, Jdk.here(), worker);
    }

    /** Adds one whose JVM is that of another JDK. */
    public void add(P peer, Jdk jdk, Class<?> worker) {
        check.check(peer);
        add(peer, WorkerProcess.start(peer, jdk, worker, server.process()));
    }

    /** Adds one that is no cache, and closes it in the end. */
    public void add(P peer, Contestant contestant) {
        contestants.put(peer, contestant);
    }

    /** Measures those that were added, in this order in the tables. */
    public Report measure(LoadPlan plan, Function<List<P>, LoadReport<P>> report) {
        long minutes = Math.round(plan.expected(contestants.size()).toSeconds() / 60.0);
        System.err.println("All peers do what they claim; measuring takes about " + Math.max(1, minutes) + " min");
        Results<LoadCell, P, LoadFigures> results =
                new LoadRounds<>(plan, contestants, server.clear(), System.err).run();
        return report.apply(List.copyOf(contestants.keySet())).of(results, plan);
    }

    @Override
    public void close() {
        contestants.values().forEach(Contestant::close);
    }
}
