package io.larder.bench.tiers;

import io.larder.bench.worker.LineProcess;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;

/** One of the processes that share a peer's cache. Confined to one thread. */
final class TierProcess implements AutoCloseable {

    static final String HEAP = "512m";

    private final LineProcess process;

    private TierProcess(LineProcess process) {
        this.process = process;
    }

    /** Starts the process of one of several writers, and sees that its clock is ours. */
    static TierProcess start(TierPeer peer, int port, Path board, int keys, int writer, int writers) {
        List<String> command = LineProcess.java(
                List.of("-Xms" + HEAP, "-Xmx" + HEAP),
                TierWorker.class,
                peer.name(),
                String.valueOf(port),
                board.toString(),
                String.valueOf(keys),
                String.valueOf(writer),
                String.valueOf(writers));
        TierProcess started = new TierProcess(LineProcess.start(peer.label(), command));
        started.checkClock();
        return started;
    }

    private void checkClock() {
        long before = System.nanoTime();
        long theirs = Long.parseLong(process.ask("clock"));
        if (theirs < before || theirs > System.nanoTime()) {
            close();
            throw new IllegalStateException(
                    "System.nanoTime of two processes differs by " + (theirs - before) / 1_000_000
                            + " ms. Stale reads can be told only where it is one clock, as on Linux");
        }
    }

    /** Writes what belongs to it. */
    void fill() {
        process.ask("fill");
    }

    /** Sets its callers off; {@link #lap} waits for them. */
    void begin(Shift shift) {
        process.tell("run " + shift.text());
    }

    TierLap lap() {
        return TierLap.parse(process.answer());
    }

    /** Returns of how many keys it shows an older version than the newest. */
    int stale() {
        return Integer.parseInt(process.ask("stale"));
    }

    /** Returns how long after each of so many puts to a key another process, which looks all the time, saw them. */
    Histogram tell(TierProcess other, Board board, int key, int times) {
        other.process.tell("listen " + key + " " + (board.newest(key) + times));
        process.ask("call " + key + " " + times);
        return TierLap.histogram(other.process.answer());
    }

    /** Lets this process read and another write what it is reading; returns how many reads were overtaken by a write. */
    int race(TierProcess writer) {
        process.ask("settle");
        writer.process.tell("race-write");
        int overtaken = Integer.parseInt(process.ask("race-read"));
        writer.process.answer();
        return overtaken;
    }

    @Override
    public void close() {
        process.close();
    }
}
