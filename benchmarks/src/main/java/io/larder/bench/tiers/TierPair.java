package io.larder.bench.tiers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Two processes that share a peer's cache, and both write. Confined to one thread. */
final class TierPair implements AutoCloseable {

    /** It belongs to the first process, however many callers there are. */
    private static final int FIRST_KEY = 0;

    private final Board board;
    private final TierProcess first;
    private final TierProcess second;

    private TierPair(Board board, TierProcess first, TierProcess second) {
        this.board = board;
        this.first = first;
        this.second = second;
    }

    /** Starts both, and fills the cache. */
    static TierPair start(TierPeer peer, int port, Path folder, int keys) {
        Path file = folder.resolve(peer.name());
        Board board = Board.open(file, keys);
        TierProcess first = TierProcess.start(peer, port, file, keys, 0, 2);
        try {
            TierPair pair = new TierPair(board, first, TierProcess.start(peer, port, file, keys, 1, 2));
            pair.first.fill();
            pair.second.fill();
            return pair;
        } catch (RuntimeException e) {
            first.close();
            throw e;
        }
    }

    /** Lets both read and write, and returns what all their callers did. */
    TierLap run(int threads, Duration time) {
        Shift shift = new Shift(threads, TiersPlan.WRITES_PERCENT, time);
        first.begin(shift);
        second.begin(shift);
        TierLap sum = new TierLap();
        sum.add(first.lap());
        sum.add(second.lap());
        return sum;
    }

    /** Measures, and looks what is left when all has been quiet. */
    SharedFigures measure(int threads, TiersPlan plan) {
        Histogram seenNanos = first.tell(second, board, FIRST_KEY, plan.puts());
        run(threads, plan.warmup());
        TierLap lap = run(threads, plan.measured());
        LockSupport.parkNanos(plan.quiet().toNanos());
        return SharedFigures.of(lap, seenNanos, first.stale() + second.stale());
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
