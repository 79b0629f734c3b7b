package io.larder.bench.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Threads that set out together. */
public final class Crew {

    private Crew() {}

    /** What the threads are. */
    public enum Kind {
        /** The system's. */
        PLATFORM,
        /** The JVM's, of 21 or later. */
        VIRTUAL;

        private ExecutorService open(int threads) {
            if (this == VIRTUAL) {
                return virtual();
            }
            AtomicInteger number = new AtomicInteger();
            return Executors.newFixedThreadPool(
                    threads, task -> new Thread(task, "larder-bench-caller-" + number.incrementAndGet()));
        }

        /** By its name, for the baseline compiles without them. */
        private static ExecutorService virtual() {
            try {
                return (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(
                        "Java " + Runtime.version().feature() + " has no virtual threads. Run it on 21 or later", e);
            }
        }
    }

    /** What one of them does. */
    public interface Task<T> {
        /** Returns its result. */
        T run() throws Exception;
    }

    /** Runs the tasks, each on its own thread, and returns what they return; the first failure is thrown. */
    public static <T> List<T> run(int threads, IntFunction<Task<T>> tasks) {
        return run(Kind.PLATFORM, threads, tasks);
    }

    /** Runs the tasks on threads of this kind. */
    public static <T> List<T> run(Kind kind, int threads, IntFunction<Task<T>> tasks) {
        ExecutorService pool = kind.open(threads);
        try {
            CountDownLatch ready = new CountDownLatch(threads);
            List<Future<T>> running = new ArrayList<>();
            for (int index = 0; index < threads; index++) {
                Task<T> task = tasks.apply(index);
                running.add(pool.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return task.run();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A call failed on one of " + threads + " threads", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted with " + threads + " threads under way", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
