package io.larder.layer;

import io.larder.BackendException;
import io.larder.Clock;
import io.larder.url.Units;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether a backend is asked, for all caches on it. Thread-safe.
 *
 * <p><em>Closed</em>, it is asked. After so many failures in a row it is <em>open</em>: nobody asks, so nobody waits for a timeout. After
 * a pause it is <em>half-open</em> while one ping is under way, whose end closes or opens it. Calls that began before it opened and
 * end later change nothing.
 *
 * <p>Of several servers, one that is down fails everybody who waits for it at one moment, which is a row, too. So before it opens, it is
 * <em>doubted</em>: asked on, while somebody finds out whether any of the servers answers. If one does, that is not asked again before
 * the pause is over.
 */
public final class Breaker {

    private enum State {
        CLOSED,
        DOUBTED,
        OPEN,
        HALF_OPEN
    }

    private final String address;
    private final int failuresMax;
    private final Duration pause;
    private final Clock clock;
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final AtomicReference<State> state = new AtomicReference<>(State.CLOSED);
    private volatile long pingAtNanos;
    private volatile long doubtAtNanos;
    private volatile @Nullable RuntimeException last;

    /** Makes one that opens after {@code failuresMax} failures in a row, for the backend that messages name {@code address}. */
    public Breaker(String address, int failuresMax, Duration pause, Clock clock) {
        this.address = address;
        this.failuresMax = failuresMax;
        this.pause = pause;
        this.clock = clock;
        this.doubtAtNanos = clock.nanos();
    }

    /** Returns whether {@code failure} says that the backend may be down, not that it was asked for something impossible. */
    static boolean isOfBackend(RuntimeException failure) {
        return failure instanceof BackendException told
                && told.isTransient()
                && !(told.getCause() instanceof InterruptedException);
    }

    /** Returns whether the backend is asked. */
    public boolean isClosed() {
        State now = state.get();
        return now == State.CLOSED || now == State.DOUBTED;
    }

    void succeeded() {
        // Looked at first, so that calls in the good case do not write what all of them share.
        if (failuresInARow.get() != 0) {
            failuresInARow.set(0);
        }
    }

    /** Returns whether the backend is doubted from now on, and the caller has to find out more, and to call {@link #open} or {@link #trust}. */
    boolean failed(RuntimeException failure) {
        boolean doubted = isOfBackend(failure)
                && failuresInARow.incrementAndGet() >= failuresMax
                && isPast(doubtAtNanos)
                && state.compareAndSet(State.CLOSED, State.DOUBTED);
        if (doubted) {
            last = failure;
        }
        return doubted;
    }

    void open(OutageEvents events) {
        pingAtNanos = nanosAfterPause();
        RuntimeException failure = last;
        if (state.compareAndSet(State.DOUBTED, State.OPEN) && failure != null) {
            events.breakerOpened(address, failure);
        }
    }

    void trust() {
        doubtAtNanos = nanosAfterPause();
        failuresInARow.set(0);
        state.compareAndSet(State.DOUBTED, State.CLOSED);
    }

    /** Returns whether the caller has to ping the backend, and to call {@link #pinged} with what comes of it. */
    boolean takesPing() {
        return state.get() == State.OPEN && isPast(pingAtNanos) && state.compareAndSet(State.OPEN, State.HALF_OPEN);
    }

    void pinged(@Nullable Throwable failure, OutageEvents events) {
        if (failure == null) {
            close(events);
        } else {
            Throwable cause = failure.getCause();
            last = failure instanceof CompletionException && cause instanceof RuntimeException told ? told : last;
            pingAtNanos = nanosAfterPause();
            state.compareAndSet(State.HALF_OPEN, State.OPEN);
        }
    }

    void close(OutageEvents events) {
        failuresInARow.set(0);
        State before = state.getAndSet(State.CLOSED);
        if (before == State.OPEN || before == State.HALF_OPEN) {
            events.breakerClosed(address);
        }
    }

    /** Returns why a call is not made. */
    BackendException refusal() {
        RuntimeException cause = last;
        return BackendException.passing(
                address + " has failed " + failuresMax + " calls in a row and is not asked, but pinged every "
                        + Units.text(pause) + ". The last failure: " + (cause == null ? "" : cause.getMessage()),
                cause);
    }

    long nanos() {
        return clock.nanos();
    }

    long pauseMillis() {
        return pause.toMillis();
    }

    long nanosAfterPause() {
        return clock.nanos() + pause.toNanos();
    }

    boolean isPast(long nanos) {
        return clock.nanos() - nanos >= 0;
    }

    String address() {
        return address;
    }

    /** Returns the state as statistics tell it. */
    @Override
    public String toString() {
        State now = state.get();
        return String.valueOf(now == State.DOUBTED ? State.CLOSED : now)
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }
}
