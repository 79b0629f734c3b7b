package io.larder.disk;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A change that waits to be written, and the caller who waits for it. Thread-safe. */
final class Waiting<T extends @Nullable Object> {

    /** How often a caller looks again before it parks; parking costs more than most transactions take. */
    private static final int LOOKS_MAX = 20;

    private enum State {
        QUEUED,
        /** In the scribe's transaction. */
        TAKEN,
        DONE,
        /** Its caller has gone. */
        ABANDONED
    }

    private final Change<T> change;
    private final long sizeBytes;
    private final Thread caller = Thread.currentThread();
    private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);
    private @Nullable T result;
    private @Nullable RuntimeException failure;
    private List<Long> dropped = List.of();
    private volatile boolean parked;

    Waiting(Change<T> change, long sizeBytes) {
        this.change = change;
        this.sizeBytes = sizeBytes;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /** Takes it into a transaction, unless its caller has gone. */
    boolean take() {
        return state.compareAndSet(State.QUEUED, State.TAKEN);
    }

    /** Does the change; what it refuses by itself is its own caller's, what SQLite refuses is everybody's in the transaction. */
    void apply(Session session) throws SQLException {
        result = null;
        failure = null;
        try {
            result = change.apply(session);
        } catch (RuntimeException refused) {
            failure = refused;
        }
        dropped = session.takeDropped();
    }

    /** Returns the files that its change has made useless, for its caller to remove: a scribe who did it would keep all others waiting. */
    List<Long> dropped() {
        return dropped;
    }

    void fail(RuntimeException failure) {
        this.failure = failure;
        dropped = List.of();
        var unused = done();
    }

    /** Lets its caller go on, and returns whether there is one still. */
    boolean done() {
        if (state.getAndSet(State.DONE) == State.ABANDONED) {
            return false;
        }
        unpark();
        return true;
    }

    boolean isDone() {
        return state.get() == State.DONE;
    }

    /** Lets its caller look again, and returns false if nobody waits for it to be written. */
    boolean wake() {
        unpark();
        return state.get() == State.QUEUED;
    }

    private void unpark() {
        if (parked) {
            LockSupport.unpark(caller);
        }
    }

    /**
     * Waits until it is done or somebody may write, as long as {@code occupied}, and returns false when time is up before; then nobody
     * takes it any more.
     */
    boolean await(Patience patience, BooleanSupplier occupied) {
        for (int looks = 0; !isDone() && occupied.getAsBoolean(); looks++) {
            if (looks < LOOKS_MAX) {
                look();
                continue;
            }
            long remainingNanos = patience.remainingNanos();
            if (remainingNanos <= 0 || caller.isInterrupted()) {
                // Whoever finds it taken at this moment cannot know whether it will be done.
                return !abandon();
            }
            if (parked) {
                LockSupport.parkNanos(this, Math.min(remainingNanos, TimeUnit.SECONDS.toNanos(1)));
            }
            // Said before the last look, so that whoever changes what is seen knows.
            parked = true;
        }
        parked = false;
        return true;
    }

    @SuppressWarnings("ThreadPriorityCheck") // A hint for speed; without it the caller only parks.
    private static void look() {
        Thread.yield();
    }

    private boolean abandon() {
        return state.compareAndSet(State.QUEUED, State.ABANDONED) || state.compareAndSet(State.TAKEN, State.ABANDONED);
    }

    /** Returns what came of it. */
    @SuppressWarnings("NullAway") // A change may answer null, if its caller says so.
    T result() {
        if (failure != null) {
            throw failure;
        }
        return result;
    }
}
