package io.larder.testkit.servers;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what a server does in its own time and tells nobody about, such as a failover. Thread-safe. */
public final class Await {

    private static final int POLL_MILLIS = 10;

    private Await() {}

    /**
     * Returns as soon as {@code condition} holds; asks it every few milliseconds, and takes its exceptions for "not yet".
     *
     * @throws AssertionError when it does not hold within {@code max}; says {@code what} did not come true
     */
    public static void until(String what, Duration max, Callable<Boolean> condition) {
        CompletableFuture<Boolean> late =
                new CompletableFuture<Boolean>().completeOnTimeout(true, max.toMillis(), TimeUnit.MILLISECONDS);
        boolean isLate = false;
        while (true) {
            Exception failure = null;
            try {
                if (condition.call()) {
                    return;
                }
            } catch (Exception e) {
                failure = e;
            }
            if (isLate) {
                throw new AssertionError("Waited in vain, " + max.toMillis() + " ms, until " + what, failure);
            }
            // One more look after the deadline, for a machine that was too busy to look before.
            isLate = isDoneSoon(late);
        }
    }

    private static boolean isDoneSoon(CompletableFuture<Boolean> late) {
        try {
            return late.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("Interrupted while waiting for a server", e);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
