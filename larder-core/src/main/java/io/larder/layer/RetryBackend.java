package io.larder.layer;

import io.larder.Clock;
import io.larder.EntryOptions;
import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.Reply;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a call again that failed for a reason which may pass, after a pause, while its time lasts. Thread-safe.
 *
 * <p>Only what does no harm twice: reads, and removals, the second of which may say that there was nothing. A write could undo another's that
 * came between; a sum would be too great; leases and listings know where they were.
 */
public final class RetryBackend<K, V> extends ForwardingBackend<K, V> {

    /** Doubled from pause to pause; half of it at random, so that the callers of a fleet do not come back in step. */
    private static final long PAUSE_MILLIS_MIN = 10;

    private static final long PAUSE_MILLIS_MAX = 500;
    private static final int DOUBLINGS_MAX = 6;

    private final int retries;
    private final Clock clock;
    private final long timeoutMillis;

    /** Makes one that calls {@code retries} times more at most, within {@code timeout}, which may be {@link EntryOptions#NEVER}. */
    public RetryBackend(Backend<K, V> below, int retries, Duration timeout, Clock clock) {
        super(below);
        this.retries = retries;
        this.clock = clock;
        this.timeoutMillis = TimeUnit.MILLISECONDS.convert(timeout);
    }

    private <T extends @Nullable Object> Reply<T> repeating(Supplier<Reply<T>> call) {
        return attempt(call, 0, clock.nanos());
    }

    private <T extends @Nullable Object> Reply<T> attempt(Supplier<Reply<T>> call, int before, long startNanos) {
        Reply<T> reply = call.get();
        if (reply.isReady() || before == retries) {
            return reply;
        }
        return reply.recover(failure -> {
            long pauseMillis = pauseMillis(before);
            long remainingMillis =
                    timeoutMillis - TimeUnit.NANOSECONDS.toMillis(clock.nanos() - startNanos) - pauseMillis;
            if (!Breaker.isOfBackend(failure) || remainingMillis <= 0) {
                throw failure;
            }
            return Reply.pending(new CompletableFuture<@Nullable Void>()
                            .completeOnTimeout(null, pauseMillis, TimeUnit.MILLISECONDS))
                    .then(over -> limited(attempt(call, before + 1, startNanos), remainingMillis));
        });
    }

    private <T extends @Nullable Object> Reply<T> limited(Reply<T> reply, long remainingMillis) {
        return timeoutMillis == Long.MAX_VALUE ? reply : reply.within(remainingMillis);
    }

    private static long pauseMillis(int before) {
        long millis = Math.min(PAUSE_MILLIS_MIN << Math.min(before, DOUBLINGS_MAX), PAUSE_MILLIS_MAX);
        return millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1);
    }

    @Override
    public Reply<@Nullable Entry<V>> get(K key) {
        return repeating(() -> super.get(key));
    }

    @Override
    public Reply<Map<K, Entry<V>>> getAll(Collection<K> keys) {
        return repeating(() -> super.getAll(keys));
    }

    @Override
    public Reply<Boolean> remove(K key) {
        return repeating(() -> super.remove(key));
    }

    @Override
    public Reply<Long> removeAll(Collection<K> keys) {
        return repeating(() -> super.removeAll(keys));
    }

    @Override
    public Reply<Long> invalidateTag(String tag) {
        return repeating(() -> super.invalidateTag(tag));
    }

    @Override
    public Reply<Long> removeMatching(KeyPattern pattern) {
        return repeating(() -> super.removeMatching(pattern));
    }

    @Override
    public Reply<@Nullable Void> clear() {
        return repeating(super::clear);
    }

    @Override
    public Reply<@Nullable Void> ping() {
        return repeating(super::ping);
    }

    @Override
    public Reply<BackendInfo> info() {
        return repeating(super::info);
    }
}
