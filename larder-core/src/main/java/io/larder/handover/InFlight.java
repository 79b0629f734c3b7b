package io.larder.handover;

import io.larder.spi.Reply;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Counts the calls that have begun and not ended, without making them wait for each other. Thread-safe. */
final class InFlight {

    /** A call lasts no longer than its timeout; this bounds the wait for one without. */
    private static final int PAUSES_MAX = 3_000;

    private static final long PAUSE_NANOS_MIN = 50_000;
    private static final long PAUSE_NANOS_MAX = 10_000_000;

    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();

    void begin() {
        begun.increment();
    }

    void end() {
        ended.increment();
    }

    /** Returns the reply of a {@code call}, which has begun and ends with its answer. */
    <B, T extends @Nullable Object> Reply<T> ending(Function<? super B, Reply<T>> call, B backend) {
        Reply<T> reply;
        try {
            reply = call.apply(backend);
        } catch (RuntimeException | Error thrown) {
            end();
            throw thrown;
        }
        if (reply.isReady()) {
            end();
            return reply;
        }
        return reply.whenDone(this::end);
    }

    /** Waits until none is in flight, and returns whether that came true in about half a minute. */
    boolean awaitNone() {
        long pauseNanos = PAUSE_NANOS_MIN;
        for (int pauses = 0; !isNone(); pauses++) {
            if (pauses == PAUSES_MAX || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(pauseNanos);
            pauseNanos = Math.min(2 * pauseNanos, PAUSE_NANOS_MAX);
        }
        return true;
    }

    /** Both only grow, and the ends are summed first: if as many had begun after that, none was in flight in between. */
    private boolean isNone() {
        long over = ended.sum();
        return begun.sum() == over;
    }
}
