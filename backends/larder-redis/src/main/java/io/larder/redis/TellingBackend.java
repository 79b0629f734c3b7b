package io.larder.redis;

import io.larder.layer.ForwardingBackend;
import io.larder.redis.BusMessage.Kind;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.Lease;
import io.larder.spi.Lifetime;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import io.lettuce.core.XAddArgs;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Says on the bus what it changes, after the change and before the call returns, also when the change failed: it may have been
 * made. Thread-safe.
 *
 * <p>A change that could not be told fails. Later everything is told to have changed, until that succeeds.
 */
final class TellingBackend extends ForwardingBackend<String, byte[]> {

    /** A call that changes more tells that everything has changed. */
    private static final int KEYS_MAX = 256;
    /** How many messages a reader may be behind. */
    private static final int MESSAGES_MAX = 10_000;

    static final byte[] FIELD = "m".getBytes(StandardCharsets.US_ASCII);

    private final Calls calls;
    private final byte[] stream;
    private final BackendContext context;
    private final long heartBeatNanos;
    private final String sender = UUID.randomUUID().toString();
    private final AtomicBoolean isLater = new AtomicBoolean();
    /** How many messages; guarded by {@code this}, so that they leave in their order. */
    private long sent;

    TellingBackend(
            Backend<String, byte[]> below,
            Calls calls,
            byte[] stream,
            RedisCoherence coherence,
            BackendContext context) {
        super(below);
        this.calls = calls;
        this.stream = stream;
        this.context = context;
        this.heartBeatNanos = coherence.heartBeat().toNanos();
    }

    @Override
    public Reply<Boolean> put(String key, Entry<byte[]> entry, PutMode mode) {
        return told(below.put(key, entry, mode), key);
    }

    @Override
    public Reply<Boolean> putLeased(String key, Entry<byte[]> entry, Lease<byte[]> lease) {
        return told(below.putLeased(key, entry, lease), key);
    }

    @Override
    public Reply<@Nullable Void> putAll(Map<String, Entry<byte[]>> entries) {
        return told(below.putAll(entries), keys(entries.keySet()));
    }

    @Override
    public Reply<Boolean> remove(String key) {
        return told(below.remove(key), key);
    }

    @Override
    public Reply<Long> removeAll(Collection<String> keys) {
        return told(below.removeAll(keys), keys(keys));
    }

    @Override
    public Reply<Boolean> expire(String key, Lifetime lifetime) {
        return told(below.expire(key, lifetime), key);
    }

    @Override
    public Reply<Long> add(String key, long delta, Entry<Long> initial) {
        return told(below.add(key, delta, initial), key);
    }

    @Override
    public Reply<Long> invalidateTag(String tag) {
        return told(below.invalidateTag(tag), new BusMessage(Kind.TAG, List.of(tag)));
    }

    @Override
    public Reply<Long> removeMatching(KeyPattern pattern) {
        return told(below.removeMatching(pattern), new BusMessage(Kind.MATCHING, List.of(pattern.toString())));
    }

    @Override
    public Reply<@Nullable Void> clear() {
        return told(below.clear(), BusMessage.ALL);
    }

    private static BusMessage keys(Collection<String> keys) {
        return keys.size() > KEYS_MAX ? BusMessage.ALL : new BusMessage(Kind.KEYS, List.copyOf(keys));
    }

    private <T extends @Nullable Object> Reply<T> told(Reply<T> change, String key) {
        return told(change, new BusMessage(Kind.KEYS, List.of(key)));
    }

    /** Tells when the change has really ended, also for a caller who does not wait for so long. */
    private <T extends @Nullable Object> Reply<T> told(Reply<T> change, BusMessage message) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        var unused = change.toFuture(context.executor()).whenComplete((answer, failure) -> {
            if (failure != null) {
                // What a lost connection still brings the server may be done after it was told.
                tellAllLater();
            }
            var unusedToo = tell(message).whenComplete((id, lost) -> {
                if (lost != null) {
                    tellAllLater();
                }
                Throwable first = failure == null ? lost : failure;
                if (first == null) {
                    outcome.complete(answer);
                } else {
                    outcome.completeExceptionally(first);
                }
            });
        });
        return Reply.pending(outcome);
    }

    /** A message that is lost leaves a gap in the numbers, by which readers see that there was one. */
    private synchronized CompletableFuture<String> tell(BusMessage message) {
        sent++;
        byte[] bytes = message.encode(sender, sent);
        return calls.lead(0, commands -> commands.xadd(stream, limit(), Map.of(FIELD, bytes)))
                .toFuture(context.executor());
    }

    /** Returns how long the stream may become, about. */
    static XAddArgs limit() {
        return XAddArgs.Builder.maxlen(MESSAGES_MAX).approximateTrimming();
    }

    private void tellAllLater() {
        if (isLater.compareAndSet(false, true)) {
            try {
                var unused = context.scheduler().schedule(this::tellAll, heartBeatNanos, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException shutDown) {
                // The Larder closes.
            }
        }
    }

    private void tellAll() {
        isLater.set(false);
        var unused = tell(BusMessage.ALL).whenComplete((id, failure) -> {
            if (failure != null) {
                tellAllLater();
            }
        });
    }
}
