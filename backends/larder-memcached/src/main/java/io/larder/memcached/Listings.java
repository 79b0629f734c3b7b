package io.larder.memcached;

import io.larder.memcached.client.MemcachedServer;
import io.larder.memcached.client.ServerErrorException;
import io.larder.spi.Pages;
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
    /** How many items are read before whoever walks is given a chance to look at them. */
    private static final int ITEMS = 1_024;

    private final MemcachedServer server;
    private final ScheduledExecutorService scheduler;
    /** Guarded by {@code this}. */
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
    /** Whose turn it is, or was; guarded by {@code this}. */
    private @Nullable NamePages current;

    Listings(MemcachedServer server, ScheduledExecutorService scheduler) {
        this.server = server;
        this.scheduler = scheduler;
    }

    /** Returns the names of all items that are wanted; asks for them when the first page is. */
    Pages<byte[]> names(Predicate<byte[]> wanted) {
        return new NamePages(wanted, scheduler, this::start);
    }

    private synchronized void start(NamePages pages) {
        if (current != null) {
            current.hurry();
        }
        last = last.handle((done, failure) -> null)
                .thenCompose(free -> begun(pages))
                .whenComplete((count, failure) -> pages.end(failure));
    }

    private CompletableFuture<Long> begun(NamePages pages) {
        synchronized (this) {
            current = pages;
        }
        return listed(pages, 1);
    }

    private CompletableFuture<Long> listed(NamePages pages, int tries) {
        return server.listPages(ITEMS, pages::add)
                .exceptionallyCompose(failure -> isBusy(failure) && tries < TRIES_MAX
                        ? paused().thenCompose(over -> listed(pages, tries + 1))
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
