package io.larder.memcached;

import io.larder.memcached.client.ListedItem;
import io.larder.spi.Pages;
import io.larder.spi.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a listing brings, between the connection and whoever walks. Thread-safe.
 *
 * <p>A server that has too many names is held up until some were taken, but not for long: as long as a listing lasts, nobody else can list, and
 * a walk may have been given up. After that the rest is kept here.
 */
final class NamePages implements Pages<byte[]> {

    /** How many names wait here before the server does. */
    private static final int NAMES_MAX = 1 << 16;

    private static final long HOLD_MILLIS_MAX = 5_000;

    private final Predicate<byte[]> wanted;
    private final ScheduledExecutorService scheduler;
    private final Consumer<NamePages> start;
    /** Guarded by {@code this}, like all that follows. */
    private final ArrayDeque<byte[]> names = new ArrayDeque<>();

    private boolean isStarted;
    private boolean isOver;
    private boolean isHurried;
    private @Nullable Throwable failure;
    /** Completes when there is something new to tell. */
    private CompletableFuture<@Nullable Void> news = new CompletableFuture<>();
    /** What holds up the server. */
    private CompletableFuture<Boolean> hold = CompletableFuture.completedFuture(true);

    NamePages(Predicate<byte[]> wanted, ScheduledExecutorService scheduler, Consumer<NamePages> start) {
        this.wanted = wanted;
        this.scheduler = scheduler;
        this.start = start;
    }

    @Override
    public Reply<List<byte[]>> next() {
        boolean starts;
        CompletableFuture<?> awaited;
        List<byte[]> page = taken();
        if (!page.isEmpty()) {
            return Reply.ready(page);
        }
        synchronized (this) {
            Throwable reason = failure;
            if (!names.isEmpty()) {
                return next();
            }
            if (isOver) {
                return reason == null ? Reply.ready(List.of()) : Reply.pending(CompletableFuture.failedFuture(reason));
            }
            starts = !isStarted;
            isStarted = true;
            awaited = news;
        }
        if (starts) {
            start.accept(this);
        }
        return Reply.pending(awaited).then(told -> next());
    }

    private List<byte[]> taken() {
        List<byte[]> page = new ArrayList<>();
        CompletableFuture<Boolean> released;
        synchronized (this) {
            while (page.size() < PAGE_SIZE && !names.isEmpty()) {
                page.add(names.remove());
            }
            if (names.size() > NAMES_MAX / 2) {
                return page;
            }
            released = hold;
        }
        released.complete(true);
        return page;
    }

    /** Takes what was listed, also if none of it is wanted: whoever waits has a limit for each wait, not for their sum. */
    CompletableFuture<Boolean> add(List<ListedItem> items) {
        CompletableFuture<@Nullable Void> told;
        CompletableFuture<Boolean> held;
        synchronized (this) {
            for (ListedItem item : items) {
                if (wanted.test(item.key())) {
                    names.add(item.key());
                }
            }
            if (names.size() > NAMES_MAX && !isHurried) {
                hold = new CompletableFuture<>();
                var unused = scheduler.schedule(this::hurry, HOLD_MILLIS_MAX, TimeUnit.MILLISECONDS);
            }
            held = hold;
            told = news;
            news = new CompletableFuture<>();
        }
        told.complete(null);
        return held;
    }

    /** Holds up the server no longer. */
    void hurry() {
        CompletableFuture<Boolean> held;
        synchronized (this) {
            isHurried = true;
            held = hold;
        }
        held.complete(true);
    }

    /** Ends the pages, with a failure if there was one. */
    void end(@Nullable Throwable reason) {
        CompletableFuture<@Nullable Void> told;
        synchronized (this) {
            isOver = true;
            failure = reason instanceof CompletionException ? reason.getCause() : reason;
            told = news;
        }
        told.complete(null);
    }
}
