package io.larder.memcached;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Which servers are away at the moment, for {@code on-dead=rehash}. Thread-safe. */
final class Absences implements AutoCloseable {

    private final ScheduledExecutorService scheduler;
    private final long pauseMillis;
    /** For each server, how often it went away and came back; odd while it is away. */
    private final AtomicIntegerArray changes;

    private volatile boolean isClosed;

    Absences(int servers, Duration pause, ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
        this.pauseMillis = pause.toMillis();
        this.changes = new AtomicIntegerArray(servers);
    }

    boolean isAway(int server) {
        return changes.get(server) % 2 != 0;
    }

    int returns(int server) {
        return changes.get(server) / 2;
    }

    /** Passes a node over until it answers again. */
    void begin(Node node) {
        int seen = changes.get(node.index());
        if (seen % 2 == 0 && changes.compareAndSet(node.index(), seen, seen + 1)) {
            askLater(node);
        }
    }

    private void askLater(Node node) {
        if (isClosed) {
            return;
        }
        try {
            var unused = scheduler.schedule(() -> ask(node), pauseMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException shutDown) {
            // Whoever opened us ends.
        }
    }

    private void ask(Node node) {
        var unused = node.server().version().whenComplete((version, failure) -> {
            if (failure == null) {
                changes.incrementAndGet(node.index());
            } else {
                askLater(node);
            }
        });
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
