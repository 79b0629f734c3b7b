package io.larder;

import io.larder.spi.Reply;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the elements of a stream through one step each, so many at a time, and counts how they ended. Thread-safe.
 *
 * <p>Each of the lanes takes an element when its last one is done, so that no more are held than there are lanes, and a stream that is
 * slow, or a cache, holds up the other. A lane that waits has no thread.
 */
final class Warming<T> {

    private final Stream<? extends T> stream;
    /** Guarded by itself. */
    private final Iterator<? extends T> elements;

    private final Function<? super T, ?> key;
    private final Function<? super T, Reply<Boolean>> step;
    private final WarmOptions options;
    private final Executor executor;
    private final AtomicInteger lanes;
    private final CompletableFuture<WarmReport> ended = new CompletableFuture<>();
    private volatile @Nullable Throwable failure;
    /** Guarded by {@code this}. */
    private WarmReport report = WarmReport.NONE;

    Warming(
            Stream<? extends T> stream,
            Function<? super T, ?> key,
            Function<? super T, Reply<Boolean>> step,
            WarmOptions options,
            Executor executor) {
        this.stream = stream;
        this.elements = stream.iterator();
        this.key = key;
        this.step = step;
        this.options = options;
        this.executor = executor;
        this.lanes = new AtomicInteger(options.parallelism());
    }

    /** Begins, and returns the report of the end; cancelled, no more elements are taken. */
    CompletableFuture<WarmReport> start() {
        for (int i = 0; i < options.parallelism(); i++) {
            goOn();
        }
        return ended;
    }

    private void goOn() {
        try {
            executor.execute(this::lane);
        } catch (RejectedExecutionException closed) {
            fail(new ClosedException("The Larder was closed while a cache was warmed. Close it after that"));
            endLane();
        }
    }

    private void lane() {
        try {
            for (T element = next(); element != null; element = next()) {
                CompletableFuture<Boolean> stored = begin(element);
                if (!stored.isDone()) {
                    T taken = element;
                    var unused = stored.whenComplete((answer, cause) -> {
                        tell(taken, answer, cause);
                        goOn();
                    });
                    return;
                }
                tell(element, stored);
            }
        } catch (Throwable broken) {
            fail(broken);
        }
        endLane();
    }

    /** Returns the next element, waiting for it; null when there is none, or no more are wanted. */
    private @Nullable T next() {
        synchronized (elements) {
            return failure == null && !ended.isDone() && elements.hasNext()
                    ? Objects.requireNonNull(elements.next(), "The stream must not have null in it")
                    : null;
        }
    }

    private CompletableFuture<Boolean> begin(T element) {
        try {
            return step.apply(element).toFuture(executor);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private void tell(T element, CompletableFuture<Boolean> done) {
        var unused = done.whenComplete((stored, cause) -> tell(element, stored, cause));
    }

    private synchronized void tell(T element, @Nullable Boolean stored, @Nullable Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof ClosedException || cause instanceof Error) {
            fail(cause);
            return;
        }
        boolean done = Boolean.TRUE.equals(stored);
        report = report.plus(new WarmReport(done ? 1 : 0, done || cause != null ? 0 : 1, cause == null ? 0 : 1));
        try {
            if (cause instanceof RuntimeException why) {
                options.failures().accept(key.apply(element), why);
            }
            options.progress().accept(report);
        } catch (RuntimeException | Error stop) {
            fail(stop);
        }
    }

    private void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    /** Ends it with the last lane, so that nobody uses the stream any more when it is closed. */
    private void endLane() {
        if (lanes.decrementAndGet() > 0) {
            return;
        }
        try {
            stream.close();
        } catch (RuntimeException notClosed) {
            fail(notClosed);
        }
        Throwable cause = failure;
        if (cause == null) {
            ended.complete(report());
        } else {
            ended.completeExceptionally(cause);
        }
    }

    private synchronized WarmReport report() {
        return report;
    }
}
