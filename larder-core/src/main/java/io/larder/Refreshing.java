package io.larder;

import io.larder.spi.BackendContext;
import io.larder.url.Units;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Loads keys once in each period, by a clock that may be turned by hand. Thread-safe.
 *
 * <p>Periods are counted from the Unix epoch, so that all processes agree when one begins: what was made since then, by whomever, is
 * left alone, and of those who come at once the lease lets one load. After a round with failures the next one comes sooner, and loads
 * what failed, for the rest is fresh.
 */
final class Refreshing implements RefreshJob {

    private static final System.Logger LOG = System.getLogger("io.larder");

    static final Duration PERIOD_MIN = Duration.ofMillis(100);
    /** How often the clock is looked at. */
    private static final long LOOK_MILLIS = 50;

    private static final long BACKOFF_MILLIS_MIN = 1_000;
    private static final int DOUBLINGS_MAX = 30;
    /** Rounds begin within the first tenth of a period, so that not all processes ask at the same moment. */
    private static final int SPREAD_SHARE = 10;

    private final String cache;
    private final long periodMillis;
    private final LongFunction<CompletableFuture<WarmReport>> round;
    private final Clock clock;
    private final Executor executor;
    private final ScheduledFuture<?> looking;
    /** Guarded by {@code this}, as are the others below. */
    private WarmReport report = WarmReport.NONE;

    private @Nullable CompletableFuture<WarmReport> running;
    private boolean begun;
    private boolean closed;
    private long nextNanos;
    private int failedInARow;

    /** Begins; {@code round} is called on the executor with the start of the period, and loads what is older. */
    Refreshing(
            String cache, Duration period, LongFunction<CompletableFuture<WarmReport>> round, BackendContext context) {
        if (period.compareTo(PERIOD_MIN) < 0) {
            throw new IllegalArgumentException(
                    "period must be at least " + Units.text(PERIOD_MIN) + ", was " + Units.text(period));
        }
        this.cache = cache;
        this.periodMillis = TimeUnit.MILLISECONDS.convert(period);
        this.round = round;
        this.clock = context.clock();
        this.executor = context.executor();
        this.nextNanos = clock.nanos();
        synchronized (this) {
            // The first look waits for the end of this.
            looking = context.scheduler().scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void look() {
        if (closed || begun || clock.nanos() - nextNanos < 0) {
            return;
        }
        begun = true;
        try {
            executor.execute(this::begin);
        } catch (RejectedExecutionException larderClosed) {
            close();
        }
    }

    private void begin() {
        CompletableFuture<WarmReport> started;
        try {
            started = round.apply(clock.millis() - sinceStart());
        } catch (RuntimeException | Error broken) {
            started = CompletableFuture.failedFuture(broken);
        }
        synchronized (this) {
            running = started;
            if (closed) {
                started.cancel(false);
            }
        }
        var unused = started.whenComplete(this::end);
    }

    private synchronized void end(@Nullable WarmReport ended, @Nullable Throwable failure) {
        if (failure instanceof ClosedException) {
            close();
        } else if (failure != null && !closed) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Cache ''{0}'': A round of refreshEvery ended early, and is tried again: {1}",
                    cache,
                    failure.toString());
        }
        report = ended == null ? report : report.plus(ended);
        failedInARow = ended == null || ended.failed() > 0 ? failedInARow + 1 : 0;
        nextNanos =
                clock.nanos() + TimeUnit.MILLISECONDS.toNanos(failedInARow > 0 ? backoffMillis() : untilNextMillis());
        begun = false;
    }

    /** Doubled from failure to failure up to the period; half of it at random, so that processes do not ask in step. */
    private long backoffMillis() {
        long millis = Math.min(BACKOFF_MILLIS_MIN << Math.min(failedInARow - 1, DOUBLINGS_MAX), periodMillis);
        return millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1);
    }

    private long untilNextMillis() {
        return periodMillis - sinceStart() + ThreadLocalRandom.current().nextLong(periodMillis / SPREAD_SHARE);
    }

    private long sinceStart() {
        return Math.floorMod(clock.millis(), periodMillis);
    }

    @Override
    public synchronized WarmReport report() {
        return report;
    }

    @Override
    public synchronized void close() {
        closed = true;
        looking.cancel(false);
        if (running != null) {
            running.cancel(false);
        }
    }
}
