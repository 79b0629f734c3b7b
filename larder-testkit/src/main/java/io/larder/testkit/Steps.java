package io.larder.testkit;

import io.larder.spi.Backend;
import io.larder.spi.BackendProvider;
import io.larder.spi.Reply;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stops a load between its steps, each of which is the begin or the end of a call of the backend or of a loader, so that a test can do
 * something there. Thread-safe.
 *
 * <p>What the test does there itself, and what it does {@link #aside}, is not stopped.
 */
final class Steps {

    private static final Duration WITHIN = Duration.ofSeconds(30);

    private static final ThreadLocal<@Nullable CountDownLatch> ASIDE = new ThreadLocal<>();

    private final AtomicInteger underWay = new AtomicInteger();
    private final Queue<String> trace = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile IntConsumer between = step -> {};

    /** Begins to count steps anew, and calls {@code between} with the number of each, from 0. */
    void start(IntConsumer between) {
        this.between = between;
        count.set(0);
        trace.clear();
    }

    /** Lets a step of that name happen, one at a time, unless this thread is aside. */
    void step(String name) {
        if (ASIDE.get() == null) {
            ASIDE.set(new CountDownLatch(0));
            try {
                synchronized (this) {
                    note(name);
                    between.accept(count.getAndIncrement());
                }
            } finally {
                ASIDE.remove();
            }
        }
    }

    /** Adds what the test does to the {@link #trace}. */
    void note(String what) {
        trace.add(what);
    }

    int count() {
        return count.get();
    }

    /** Returns what has happened since {@link #start}. */
    String trace() {
        return String.join(", ", trace);
    }

    /** Runs {@code task} on {@code executor}, and returns when it has had its first answer from the backend, or has ended. */
    void aside(Executor executor, Runnable task) {
        CountDownLatch answered = new CountDownLatch(1);
        executor.execute(() -> {
            ASIDE.set(answered);
            try {
                task.run();
            } finally {
                ASIDE.remove();
                answered.countDown();
            }
        });
        try {
            if (!answered.await(WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("Nothing was answered within " + WITHIN + " after " + trace);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted after " + trace, e);
        }
    }

    /** Waits until no call of the backend and no task of {@link #counted} is under way. */
    void awaitEnd() throws InterruptedException {
        synchronized (underWay) {
            while (underWay.get() > 0) {
                underWay.wait(WITHIN.toMillis());
            }
        }
    }

    /** Returns {@code executor}, whose tasks {@link #awaitEnd} waits for. */
    Executor counted(Executor executor) {
        return task -> {
            begun();
            executor.execute(() -> {
                try {
                    task.run();
                } finally {
                    ended();
                }
            });
        };
    }

    private void begun() {
        underWay.incrementAndGet();
    }

    private void ended() {
        synchronized (underWay) {
            underWay.decrementAndGet();
            underWay.notifyAll();
        }
    }

    /** Returns {@code provider}, whose backends take these steps. */
    BackendProvider around(BackendProvider provider) {
        return new WrappingProvider(provider) {
            @Override
            <K, V> Backend<K, V> wrap(Backend<K, V> backend) {
                return new SteppedBackend<>(backend);
            }
        };
    }

    private final class SteppedBackend<K, V> extends GuardedBackend<K, V> {

        SteppedBackend(Backend<K, V> below) {
            super(below);
        }

        @Override
        protected <T extends @Nullable Object> Reply<T> guard(String method, Supplier<Reply<T>> call) {
            step(method + " begins");
            begun();
            return call.get()
                    .<T>then(answer -> {
                        CountDownLatch answered = ASIDE.get();
                        if (answered != null) {
                            answered.countDown();
                        }
                        step(method + " has ended");
                        ended();
                        return Reply.ready(answer);
                    })
                    .recover(failure -> {
                        ended();
                        throw failure;
                    });
        }
    }
}
