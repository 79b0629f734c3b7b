package io.larder.bench.mix;

import io.larder.bench.worker.LineProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One that is measured, in processes of its own, which stay for the whole run: what the compiler learned of one peer's code is not
 * spoiled by another's. Confined to one thread.
 */
final class MixContestant implements AutoCloseable {

    private static final long SEED = 42;
    /** Threads of one process count on from the seed of that process. */
    private static final long SEED_STEP = 1_000;

    private final MixPeer peer;
    private final List<LineProcess> started = new ArrayList<>();

    MixContestant(MixPeer peer) {
        this.peer = peer;
    }

    /** Opens and fills an empty folder, makes so many calls with each caller, and closes it. */
    MixFigures run(MixCell cell, int operations, Path folder) {
        List<LineProcess> processes = processes(peer.processEach() ? cell.callers() : 1);
        int threads = peer.processEach() ? 1 : cell.callers();
        for (int index = 0; index < processes.size(); index++) {
            processes.get(index).ask("open " + folder);
            if (index == 0) {
                processes.get(0).ask("fill " + cell.valueBytes());
            }
        }
        for (int index = 0; index < processes.size(); index++) {
            long seed = SEED + index * SEED_STEP;
            processes.get(index).tell("run %d %d %d %d".formatted(operations, cell.valueBytes(), threads, seed));
        }
        Timings all = new Timings();
        processes.forEach(process -> all.add(Timings.parse(process.answer())));
        processes.forEach(process -> process.ask("close"));
        return all.figures();
    }

    private List<LineProcess> processes(int count) {
        while (started.size() < count) {
            started.add(peer.start());
        }
        return started.subList(0, count);
    }

    @Override
    public void close() {
        started.forEach(LineProcess::close);
    }
}
