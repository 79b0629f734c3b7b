package io.larder.redis;

import io.larder.Clock;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One connection on which one leader tells what changes; once lost, it stays lost. Thread-safe.
 *
 * <p>It is trusted by time. What a leader sends comes in order: its answer to a heart-beat says that whatever changed before
 * that was sent has been told. So the feed is trusted until one heart-beat after the moment of sending, and a program that
 * was stopped for longer trusts nothing when it goes on, without anybody having to notice. An answer that is late only means not to
 * trust in the meantime.
 */
final class Feed implements PushListener, RedisConnectionStateListener {

    private static final int UNANSWERED_MAX = 6;
    private static final Pattern NO = Pattern.compile("ERR|NOPERM|NOPROTO");

    private final Tracking tracking;
    private final Clock clock;
    private final String leader;
    private final RedisURI uri;
    private final Set<String> armed = ConcurrentHashMap.newKeySet();
    /** Guarded by {@code this}, as all that is not final or volatile. */
    private final Set<String> asked = new HashSet<>();

    private @Nullable StatefulRedisConnection<byte[], byte[]> connection;
    private boolean ready;
    private boolean ended;
    private int unanswered;
    private volatile CompletableFuture<?> closing = CompletableFuture.completedFuture(null);
    private volatile boolean confirmed;
    private volatile long trustedUntilNanos;

    /** Makes one that is not connected yet, to the leader that has that name among those of a cluster. */
    Feed(Tracking tracking, String leader, RedisURI uri) {
        this.tracking = tracking;
        this.clock = tracking.clock();
        this.leader = leader;
        this.uri = uri;
    }

    String leader() {
        return leader;
    }

    RedisURI uri() {
        return uri;
    }

    boolean isTrusted() {
        return confirmed && clock.isBeforeNanos(trustedUntilNanos);
    }

    /** Returns until when it is trusted, if it is. */
    long trustedUntilNanos() {
        return trustedUntilNanos;
    }

    /** Returns whether changes of the names that begin with {@code base} are told. */
    boolean isArmed(String base) {
        return armed.contains(base);
    }

    void open(RedisClient client) {
        try {
            var unused = client.connectAsync(ByteArrayCodec.INSTANCE, uri)
                    .thenCompose(this::opened)
                    .whenComplete((done, failure) -> endIf(failure));
        } catch (RuntimeException | Error refused) {
            endIf(refused);
        }
    }

    private CompletionStage<?> opened(StatefulRedisConnection<byte[], byte[]> made) {
        synchronized (this) {
            connection = made;
            if (ended) {
                return made.closeAsync();
            }
        }
        made.addListener((RedisConnectionStateListener) this);
        made.addListener((PushListener) this);
        if (!made.isOpen()) {
            end();
        }
        return ServerMode.hello(made).thenAccept(fields -> {
            if (!ServerMode.field(fields, "proto").equals("3")) {
                throw new RedisCommandExecutionException("ERR it does not speak RESP3");
            }
            synchronized (this) {
                ready = !ended;
            }
            arm();
        });
    }

    /** Asks for what changes in each of the caches that are watched and for which that was not asked yet. */
    void arm() {
        StatefulRedisConnection<byte[], byte[]> way;
        List<String> bases = new ArrayList<>();
        synchronized (this) {
            way = connection;
            if (!ready || way == null) {
                return;
            }
            for (String base : tracking.bases()) {
                if (asked.add(base)) {
                    bases.add(base);
                }
            }
        }
        if (!bases.isEmpty()) {
            TrackingArgs prefixes = TrackingArgs.Builder.enabled().bcast().prefixes(bases.toArray(String[]::new));
            way.async().clientTracking(prefixes).whenComplete((done, failure) -> {
                if (failure == null) {
                    armed.addAll(bases);
                    ask();
                }
                endIf(failure);
            });
        }
    }

    /** Asks the leader what it is; its answer says that all before it has been told. */
    void ask() {
        StatefulRedisConnection<byte[], byte[]> way;
        synchronized (this) {
            way = connection;
            if (!ready || way == null) {
                return;
            }
            unanswered++;
        }
        if (unanswered() > UNANSWERED_MAX) {
            end();
            return;
        }
        long sentAtNanos = clock.nanos();
        LeaderState.ask(way, tracking.isCluster()).whenComplete((state, failure) -> {
            synchronized (this) {
                unanswered = 0;
            }
            if (failure != null) {
                // Busy, or loading: another answer may be better.
                endIf(isRefusal(failure) ? failure : null);
            } else if (state.leads() && state.name().equals(leader)) {
                tracking.settle(this, state);
                confirm(sentAtNanos);
                tracking.confirmed();
            } else {
                end();
            }
        });
    }

    private synchronized int unanswered() {
        return unanswered;
    }

    private synchronized void confirm(long sentAtNanos) {
        if (!ended) {
            trustedUntilNanos = sentAtNanos + tracking.heartBeatNanos();
            confirmed = true;
        }
    }

    @Override
    public void onPushMessage(PushMessage message) {
        if (!message.getType().equals("invalidate")) {
            return;
        }
        try {
            if (message.getContent(Feed::bytes).get(1) instanceof List<?> names) {
                names.forEach(name -> tracking.changed((byte[]) name));
            } else {
                // The whole database was flushed.
                tracking.changedAll();
            }
        } catch (RuntimeException | Error untold) {
            end();
            throw untold;
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
        end();
    }

    private void endIf(@Nullable Throwable failure) {
        if (failure != null) {
            if (isRefusal(failure)) {
                tracking.refused(failure);
            }
            end();
        }
    }

    /** Whether a server said no for good, not for now as while it loads. */
    static boolean isRefusal(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RedisCommandExecutionException
                && NO.matcher(String.valueOf(cause.getMessage())).lookingAt();
    }

    /** Ends it for good; idempotent. */
    void end() {
        StatefulRedisConnection<byte[], byte[]> way;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            ready = false;
            confirmed = false;
            way = connection;
        }
        tracking.ended(this);
        if (way != null) {
            closing = way.closeAsync();
        }
    }

    /** Returns when the connection of an ended one is closed. */
    CompletableFuture<?> closing() {
        return closing;
    }
}
