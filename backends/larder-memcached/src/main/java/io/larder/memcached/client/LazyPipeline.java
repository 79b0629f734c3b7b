package io.larder.memcached.client;

import io.larder.memcached.client.MemcachedException.Fate;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is made at the first call, and made anew at the first call after it ended, by one attempt that all callers share.
 * Thread-safe.
 *
 * <p>Whoever calls during an attempt waits for it and is sent in order. An attempt that failed answers for itself until its pause is over:
 * nobody waits for what has just failed. The next one, as one after a silence, is waited for a while; then that failure is the answer again,
 * until it succeeds.
 */
final class LazyPipeline {

    private static final String CLOSED = "the client was closed";
    /** What part of the time that an attempt may take is waited for after a failure: a server that is up lets us in sooner. */
    private static final int WAITS_PER_ATTEMPT = 20;

    private final Connector connector;
    private final ClientSettings settings;
    private final IoThreads threads;
    private final LongSupplier nanos;
    private final Backoff backoff;

    /** The last connection that was made, open or not; written under the lock. */
    private volatile @Nullable Pipeline made;
    /** Who waits for an attempt; guarded by {@code this}, like all that follows. */
    private final ArrayDeque<Call> waiting = new ArrayDeque<>();

    private int waitingPlaces;
    private long waitingBytes;
    private boolean connecting;
    /** Whether the attempt goes on without anybody waiting. */
    private boolean isLate;
    /** Attempts so far. */
    private long incarnation;

    private int failures;

    /** Why the last attempt failed, if it did; written under the lock. */
    private volatile @Nullable Refusal refusal;

    private boolean closed;

    LazyPipeline(ServerAddress address, ClientSettings settings, IoThreads threads, LongSupplier nanos) {
        this.connector = new Connector(address, settings, threads, nanos);
        this.settings = settings;
        this.threads = threads;
        this.nanos = nanos;
        this.backoff = new Backoff(settings.backoffMin(), settings.backoffMax());
    }

    /** Sends a call, connecting first if need be. */
    void send(Call call) {
        Pipeline known = made;
        if (known != null && known.isOpen()) {
            known.send(call);
        } else {
            sendOrWait(List.of(call));
        }
    }

    /** Returns whether several callers wait at the moment. */
    boolean isCrowded() {
        Pipeline known = made;
        return known != null && known.isCrowded();
    }

    /** Returns whether the last attempt to connect failed, or the server fell silent. */
    boolean isUnreachable() {
        return refusal() != null;
    }

    private @Nullable Refusal refusal() {
        Refusal failed = refusal;
        Pipeline known = made;
        return failed != null || known == null ? failed : known.silence();
    }

    /** Sends calls that leave together, connecting first if need be. */
    void sendAll(List<? extends Call> calls) {
        Pipeline known = made;
        if (known != null && known.isOpen()) {
            known.sendAll(calls);
        } else {
            sendOrWait(calls);
        }
    }

    private void sendOrWait(List<? extends Call> calls) {
        int places = calls.stream().mapToInt(Call::places).sum();
        long bytes = calls.stream().mapToLong(Call::sizeBytes).sum();
        Call.Failure failure = null;
        Pipeline open = null;
        long attempt = 0;
        boolean isLimited = false;
        synchronized (this) {
            Pipeline known = made;
            Refusal last = refusal();
            long now = nanos.getAsLong();
            if (known != null && known.isOpen()) {
                open = known;
            } else if (closed) {
                failure = unreachable(new IllegalStateException(CLOSED));
            } else if (last != null && (connecting ? isLate : !last.isDue(now))) {
                failure = last.failure();
            } else if (waitingPlaces + places > settings.callsMax() || waitingBytes > settings.bytesMax()) {
                failure = TooManyCallsException.beyond(settings, "a connection");
            } else {
                waiting.addAll(calls);
                waitingPlaces += places;
                waitingBytes += bytes;
                if (!connecting) {
                    connecting = true;
                    isLate = false;
                    attempt = ++incarnation;
                    isLimited = last != null;
                }
            }
        }
        if (open != null) {
            open.sendAll(calls);
        } else if (failure != null) {
            fail(calls, failure);
        } else if (attempt > 0) {
            connect(attempt);
            if (isLimited) {
                stopWaitingLater(attempt);
            }
        }
    }

    private static Call.Failure unreachable(Throwable cause) {
        String message = cause.getMessage();
        String reason = message == null ? cause.getClass().getSimpleName() : message;
        return (what, fate) -> new UnreachableException(what + ": " + reason, Fate.NOT_DONE, cause);
    }

    private void connect(long attempt) {
        try {
            var unused = connector.connect(attempt).whenComplete(this::end);
        } catch (RejectedExecutionException shutDown) {
            end(null, new IllegalStateException("the client's threads have been shut down", shutDown));
        }
    }

    private void end(@Nullable Pipeline pipeline, @Nullable Throwable failure) {
        List<Call> waited;
        List<Call> tooMany = List.of();
        boolean accepted = false;
        Call.Failure why = unreachable(failure == null ? new IllegalStateException(CLOSED) : failure);
        synchronized (this) {
            connecting = false;
            waited = takeWaiting();
            if (pipeline != null && !closed) {
                failures = 0;
                refusal = null;
                // Before anybody can see the connection, or a later call would overtake these.
                tooMany = pipeline.add(waited);
                made = pipeline;
                accepted = true;
            } else if (pipeline == null && !closed) {
                failures++;
                refusal = new Refusal(why, nanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(backoff.millis(failures)));
            }
        }
        // Not before the lock is free, for this runs what hangs on futures.
        if (pipeline != null && accepted) {
            pipeline.drain();
            fail(tooMany, TooManyCallsException.beyond(settings, "an answer"));
            return;
        }
        if (pipeline != null) {
            pipeline.close();
        }
        fail(waited, why);
    }

    private void stopWaitingLater(long attempt) {
        try {
            var unused = threads.group()
                    .schedule(
                            () -> stopWaiting(attempt),
                            settings.connectTimeout().toMillis() / WAITS_PER_ATTEMPT,
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException shutDown) {
            // The attempt ends by that, too.
        }
    }

    private void stopWaiting(long attempt) {
        Refusal last;
        List<Call> waited;
        synchronized (this) {
            last = refusal();
            if (last == null || !connecting || incarnation != attempt) {
                return;
            }
            isLate = true;
            waited = takeWaiting();
        }
        fail(waited, last.failure());
    }

    private List<Call> takeWaiting() {
        List<Call> waited = List.copyOf(waiting);
        waiting.clear();
        waitingPlaces = 0;
        waitingBytes = 0;
        return waited;
    }

    private static void fail(List<? extends Call> calls, Call.Failure failure) {
        for (Call call : calls) {
            call.fail(failure);
        }
    }

    /** Ends the connection, or the one that is being made as soon as it is there. */
    void close() {
        Pipeline last;
        List<Call> waited;
        synchronized (this) {
            closed = true;
            last = made;
            waited = takeWaiting();
        }
        fail(waited, unreachable(new IllegalStateException(CLOSED)));
        if (last != null) {
            last.close();
        }
    }
}
