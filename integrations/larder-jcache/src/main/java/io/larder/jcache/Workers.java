package io.larder.jcache;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that load in the background; daemons, which end when nobody needs them. */
final class Workers {

    private static final int THREADS_MAX = 16;
    private static final int TASKS_MAX = 10_000;
    private static final int IDLE_SECONDS = 30;

    private Workers() {}

    /** Opens a pool; when it is full, the caller does the work. */
    static ExecutorService open() {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS_MAX,
                THREADS_MAX,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(TASKS_MAX),
                task -> {
                    Thread thread = new Thread(task, "larder-jcache-worker-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.CallerRunsPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
