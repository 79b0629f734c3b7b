package io.larder.testkit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Lets threads start together, and ends all of them when one fails. */
final class Race {

    static final int THREADS = 8;
    private static final long SECONDS_MAX = 50;

    interface Runner {
        void run(int number) throws Exception;
    }

    private Race() {}

    /** Runs {@code runner} on as many threads at once, numbered from 0; throws the first failure. */
    static void run(int threads, Runner runner) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        ExecutorCompletionService<Void> runs = new ExecutorCompletionService<>(pool);
        CountDownLatch ready = new CountDownLatch(threads);
        try {
            for (int i = 0; i < threads; i++) {
                int number = i;
                runs.submit(() -> {
                    ready.countDown();
                    ready.await();
                    runner.run(number);
                    return null;
                });
            }
            for (int i = 0; i < threads; i++) {
                Future<Void> next = runs.poll(SECONDS_MAX, TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError("Not all of " + threads + " threads ended within " + SECONDS_MAX + " s");
                }
                next.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e.getCause() instanceof Exception failure ? failure : e;
        } finally {
            pool.shutdownNow();
        }
    }
}
