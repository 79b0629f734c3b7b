package io.larder.memcached;

import io.larder.memcached.client.MemcachedServer;
import io.larder.memcached.client.ServerErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lists the items of a server, for one caller after the other, because it lists for one at a time. Thread-safe. */
final class Listings {

    private static final long PAUSE_MILLIS = 10;
    /** How often we knock while other programs list. */
    private static final int TRIES_MAX = 1_000;

    private final MemcachedServer server;
    private final ScheduledExecutorService scheduler;
    /** Guarded by {@code this}. */
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    Listings(MemcachedServer server, ScheduledExecutorService scheduler) {
        this.server = server;
        this.scheduler = scheduler;
    }

    synchronized CompletableFuture<List<byte[]>> names(Predicate<byte[]> wanted) {
        CompletableFuture<List<byte[]>> turn =
                last.handle((done, failure) -> null).thenCompose(free -> listed(wanted, 1));
        last = turn;
        return turn;
    }

    private CompletableFuture<List<byte[]>> listed(Predicate<byte[]> wanted, int tries) {
        List<byte[]> names = new ArrayList<>();
        return server.list(item -> {
                    if (wanted.test(item.key())) {
                        names.add(item.key());
                    }
                    return true;
                })
                .thenApply(count -> names)
                .exceptionallyCompose(failure -> isBusy(failure) && tries < TRIES_MAX
                        ? paused().thenCompose(over -> listed(wanted, tries + 1))
                        : CompletableFuture.failedFuture(failure));
    }

    private static boolean isBusy(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ServerErrorException refused && refused.said().startsWith("BUSY");
    }

    private CompletableFuture<@Nullable Void> paused() {
        CompletableFuture<@Nullable Void> pause = new CompletableFuture<>();
        var unused = scheduler.schedule(() -> pause.complete(null), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        return pause;
    }
}
