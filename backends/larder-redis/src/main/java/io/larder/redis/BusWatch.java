package io.larder.redis;

import io.larder.redis.BusMessage.Kind;
import io.larder.redis.BusMessage.Sent;
import io.larder.spi.ChangeListener;
import io.larder.spi.KeyPattern;
import io.larder.spi.Watch;
import io.lettuce.core.Range;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads what programs say on the bus of one cache that they change, over a connection of its own. Thread-safe.
 *
 * <p>It begins with a message of its own, so that the last one it has read is always in the stream; if it is not there any more, others
 * may be missing. After that, as after a lost connection or a gap in a sender's numbers, everything is told to have changed. Like
 * a {@link Feed}, it is trusted by time: what comes back, be it nothing, says that all before the question has been told.
 */
final class BusWatch implements Watch<String> {

    private static final int MESSAGES_AT_ONCE = 1_000;
    private static final int SENDERS_MAX = 10_000;
    private static final long BLOCK_MILLIS_MAX = 500;
    /** After so many times of waiting without an answer a connection is given up. */
    private static final int BLOCKS_MAX = 10;

    private final Bus bus;
    private final byte[] stream;
    private final ChangeListener<String> told;
    private final long heartBeatNanos;
    private volatile @Nullable Reading reading;
    private volatile CompletableFuture<?> closing = CompletableFuture.completedFuture(null);
    private volatile boolean closed;

    BusWatch(Bus bus, byte[] stream, ChangeListener<String> told) {
        this.bus = bus;
        this.stream = stream;
        this.told = told;
        this.heartBeatNanos = bus.config().heartBeat().toNanos();
    }

    @Override
    public String name() {
        return "bus";
    }

    @Override
    public Duration bound() {
        return bus.config().heartBeat();
    }

    @Override
    public boolean coversAll() {
        Reading now = reading;
        return now != null && now.confirmed && bus.clock().isBeforeNanos(now.trustedUntilNanos);
    }

    @Override
    public boolean covers(String key) {
        return coversAll();
    }

    void changedAll() {
        told.changed(KeyPattern.ALL);
    }

    /** Returns when the last connection that was given up is closed. */
    CompletableFuture<?> closing() {
        return closing;
    }

    @Override
    public boolean isOptional() {
        return bus.config().isOptional();
    }

    ChangeListener<String> told() {
        return told;
    }

    /** Begins to read, or begins anew; {@code failures} so many attempts have failed. */
    void begin(int failures) {
        if (closed) {
            return;
        }
        var unused = bus.connect(stream).whenComplete((made, failure) -> {
            if (failure != null) {
                bus.later(failures, () -> begin(failures + 1));
                return;
            }
            Reading next = new Reading(made, failures);
            reading = next;
            if (closed) {
                next.end();
            } else {
                next.begin();
            }
        });
    }

    /** What is read over one connection; confined to its thread, but for what the volatile fields say. */
    private final class Reading implements RedisConnectionStateListener {

        private final StatefulRedisConnection<byte[], byte[]> connection;
        private final Map<String, Long> numbers = new HashMap<>();
        private final long blockMillisMax = Math.max(1, Math.min(BLOCK_MILLIS_MAX, bound().toMillis() / 4));
        private int failures;
        private String last = "";
        private final AtomicBoolean ended = new AtomicBoolean();
        volatile boolean confirmed;
        volatile long trustedUntilNanos;

        Reading(StatefulRedisConnection<byte[], byte[]> connection, int failures) {
            this.connection = connection;
            this.failures = failures;
        }

        void begin() {
            connection.addListener(this);
            byte[] hello = new BusMessage(Kind.NOTHING, List.of()).encode("", 0);
            connection
                    .async()
                    .xadd(stream, TellingBackend.limit(), Map.of(TellingBackend.FIELD, hello))
                    .thenAccept(id -> {
                        last = id;
                        told.changed(KeyPattern.ALL);
                        ask(1);
                    })
                    .whenComplete((done, failure) -> endFor(failure));
        }

        /** Asks what is new, and then again. */
        @SuppressWarnings("unchecked") // Of an array for one place in one stream.
        private void ask(long blockMillis) {
            long sentAtNanos = bus.clock().nanos();
            CompletableFuture<Boolean> isThere = connection
                    .async()
                    .xrange(stream, Range.create(last, last))
                    .toCompletableFuture()
                    .thenApply(found -> !found.isEmpty());
            CompletableFuture<Boolean> leads = ServerMode.hello(connection)
                    .toCompletableFuture()
                    // What does not know HELLO would refuse to be asked, were it a replica.
                    .handle((fields, failure) ->
                            failure != null || ServerMode.field(fields, "role").equals("master"));
            var unused = connection
                    .async()
                    .xread(
                            XReadArgs.Builder.block(blockMillis).count(MESSAGES_AT_ONCE),
                            StreamOffset.from(stream, last))
                    .toCompletableFuture()
                    .copy()
                    .orTimeout(BLOCKS_MAX * blockMillisMax, TimeUnit.MILLISECONDS)
                    .thenAccept(messages -> {
                        if (isThere.join() && leads.join()) {
                            messages.forEach(this::read);
                            if (messages.size() < MESSAGES_AT_ONCE) {
                                trustedUntilNanos = sentAtNanos + heartBeatNanos;
                                confirmed = true;
                            }
                            failures = 0;
                            ask(blockMillisMax);
                        } else {
                            end();
                        }
                    })
                    .whenComplete((done, failure) -> endFor(failure));
        }

        private void read(StreamMessage<byte[], byte[]> message) {
            last = message.getId();
            Sent sent = BusMessage.decode(message.getBody().values().iterator().next());
            if (numbers.size() > SENDERS_MAX) {
                numbers.clear();
            }
            Long before = numbers.put(sent.sender(), sent.number());
            if (before != null && sent.message().kind() != Kind.NOTHING && sent.number() != before + 1) {
                told.changed(KeyPattern.ALL);
            }
            sent.message().tell(told);
        }

        @Override
        public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
            end();
        }

        private void endFor(@Nullable Throwable failure) {
            if (failure != null) {
                if (Feed.isRefusal(failure)) {
                    bus.refused(BusWatch.this, failure);
                }
                end();
            }
        }

        private void end() {
            if (ended.compareAndSet(false, true)) {
                // Whoever looks sees nothing to be trusted from here on.
                if (reading == this) {
                    reading = null;
                }
                closing = connection.closeAsync();
                bus.later(failures, () -> BusWatch.this.begin(failures + 1));
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        Reading now = reading;
        if (now != null) {
            now.end();
        }
        bus.remove(this);
    }
}
