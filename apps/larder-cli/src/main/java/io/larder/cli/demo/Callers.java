package io.larder.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Many threads that do one thing at the same moment. */
final class Callers {

    private static final long STACK_BYTES = 256 << 10;

    private Callers() {}

    /** Runs {@code work} on {@code count} threads, all let go together, and returns the time until all were done. */
    static long run(int count, Runnable work) {
        CountDownLatch ready = new CountDownLatch(count);
        CountDownLatch go = new CountDownLatch(1);
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            Runnable caller = () -> {
                ready.countDown();
                await(go);
                try {
                    work.run();
                } catch (RuntimeException e) {
                    failure.compareAndSet(null, e);
                }
            };
            Thread thread = new Thread(null, caller, "larder-demo-caller-" + i, STACK_BYTES);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        await(ready);
        StopClock clock = StopClock.start();
        go.countDown();
        for (Thread thread : threads) {
            await(thread);
        }
        long nanos = clock.nanos();
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return nanos;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("The demo was interrupted", cause);
    }
}
