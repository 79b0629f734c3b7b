package io.larder.load;

import io.larder.LoadException;
import io.larder.spi.Reply;
import io.larder.url.Units;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a caller's wait for a load, not the load, whose value is stored if its lease stands. Thread-safe.
 *
 * <p>What a caller may leave alone cannot run on that caller's thread: with a limit, loads run on the executor.
 */
final class LoadLimit {

    private final Duration limit;
    private final Executor executor;

    LoadLimit(Duration limit, Executor executor) {
        this.limit = limit;
        this.executor = executor;
    }

    /** Begins {@code load}, if there is a limit, and returns it with that; {@code what} is loaded, in messages. */
    <T extends @Nullable Object> Reply<T> on(Supplier<String> what, Reply<T> load) {
        if (limit.equals(Units.NEVER)) {
            return load;
        }
        CompletableFuture<T> begun = load.toFuture(executor);
        return Reply.pending(begun).within(TimeUnit.MILLISECONDS.convert(limit)).recover(failure -> {
            if (begun.isDone()) {
                return Reply.pending(begun);
            }
            throw failure.getCause() instanceof TimeoutException late ? tooLate(what.get(), late) : failure;
        });
    }

    private LoadException tooLate(String what, TimeoutException late) {
        return new LoadException(
                "Cannot load " + what + " within " + Units.text(limit)
                        + ". The load goes on, and may be stored yet. Raise 'load-timeout', or look at what the loader waits for",
                late);
    }
}
