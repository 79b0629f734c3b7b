package io.larder.memcached.client;

import io.larder.memcached.client.MemcachedException.Fate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is made at the first call, and made anew at the first call after it ended, by one attempt that all callers share.
 * Thread-safe.
 *
 * <p>Whoever calls during an attempt waits for it and is sent in order. An attempt that failed answers for itself until its pause is over:
 * nobody waits for what has just failed.
 */
final class LazyPipeline {

    private final Connector connector;
    private final ClientSettings settings;
    private final IoThreads threads;
    private final Backoff backoff;

    /** The last connection that was made, open or not; written under the lock. */
    private volatile @Nullable Pipeline made;
    /** Who waits for an attempt; guarded by {@code this}, like all that follows. */
    private final ArrayDeque<Call> waiting = new ArrayDeque<>();

    private int waitingPlaces;
    private boolean connecting;
    /** Attempts so far; written by whoever made {@code connecting} true. */
    private long incarnation;

    private int failures;
    /** Why the last attempt failed, while its pause lasts. */
    private @Nullable Throwable refusal;

    private boolean closed;

    LazyPipeline(ServerAddress address, ClientSettings settings, IoThreads threads) {
        this.connector = new Connector(address, settings, threads);
        this.settings = settings;
        this.threads = threads;
        this.backoff = new Backoff(settings.backoffMin(), settings.backoffMax());
    }

    /** Sends a call, connecting first if need be. */
    void send(Call call) {
        Pipeline known = made;
        if (known != null && known.isOpen()) {
            known.send(call);
            return;
        }
        Call.Failure failure = null;
        boolean connect = false;
        synchronized (this) {
            known = made;
            Throwable last = refusal;
            if (known != null && known.isOpen()) {
                known.send(call);
            } else if (closed) {
                failure = unreachable(new IllegalStateException("the client was closed"));
            } else if (last != null) {
                failure = unreachable(last);
            } else if (waitingPlaces + call.places() > settings.callsMax()) {
                failure = (what, fate) -> new TooManyCallsException(
                        what + ": " + settings.callsMax() + " calls wait for a connection already", fate, null);
            } else {
                waiting.add(call);
                waitingPlaces += call.places();
                connect = !connecting;
                connecting = true;
            }
        }
        if (failure != null) {
            call.fail(failure);
        } else if (connect) {
            connect();
        }
    }

    private static Call.Failure unreachable(Throwable cause) {
        String message = cause.getMessage();
        String reason = message == null ? cause.getClass().getSimpleName() : message;
        return (what, fate) -> new UnreachableException(what + ": " + reason, Fate.NOT_DONE, cause);
    }

    private void connect() {
        try {
            var unused = connector.connect(++incarnation).whenComplete(this::end);
        } catch (RejectedExecutionException shutDown) {
            end(null, new IllegalStateException("the client's threads have been shut down", shutDown));
        }
    }

    private void end(@Nullable Pipeline pipeline, @Nullable Throwable failure) {
        Throwable reason = failure == null ? new IllegalStateException("the client was closed") : failure;
        List<Call> failed = new ArrayList<>();
        synchronized (this) {
            connecting = false;
            if (pipeline != null && !closed) {
                failures = 0;
                // Before anybody can see the connection, or a later call would overtake these.
                waiting.forEach(pipeline::send);
                made = pipeline;
            } else {
                failed.addAll(waiting);
            }
            waiting.clear();
            waitingPlaces = 0;
            if (pipeline == null && !closed) {
                failures++;
                refusal = reason;
                forgetLater(backoff.millis(failures));
            } else if (pipeline != null && closed) {
                pipeline.close();
            }
        }
        for (Call call : failed) {
            call.fail(unreachable(reason));
        }
    }

    private void forgetLater(long millis) {
        try {
            var unused = threads.group().schedule(this::forget, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException shutDown) {
            // Nobody can connect any more, whenever they ask.
        }
    }

    private synchronized void forget() {
        refusal = null;
    }

    /** Ends the connection, or the one that is being made as soon as it is there. */
    void close() {
        Pipeline last;
        synchronized (this) {
            closed = true;
            last = made;
        }
        if (last != null) {
            last.close();
        }
    }
}
