package io.larder.zstd;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Function;
import java.util.function.Supplier;

/** Contexts to use again: making one takes longer than to compress a small value. Thread-safe. */
final class ContextPool<C extends Closeable> {

    /** Those that more callers at once need are closed after use. */
    private static final int IDLE_MAX = 2 * Runtime.getRuntime().availableProcessors();

    private final Supplier<C> make;
    private final Queue<C> idle = new ArrayBlockingQueue<>(IDLE_MAX);

    ContextPool(Supplier<C> make) {
        this.make = make;
    }

    <T> T use(Function<C, T> task) {
        C taken = idle.poll();
        C context = taken == null ? make.get() : taken;
        try {
            return task.apply(context);
        } finally {
            if (!idle.offer(context)) {
                close(context);
            }
        }
    }

    private static void close(Closeable context) {
        try {
            context.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
