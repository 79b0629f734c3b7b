package io.larder.redis;

import io.larder.Clock;
import io.larder.spi.WaitStrategy;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.RedisCommand;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One way to a server, or in a cluster to all of them. Thread-safe.
 *
 * @param async the commands, each written at once
 * @param connection what they go over
 * @param pipeline what callers share, or null if each command leaves at once
 * @param loop what a lone caller may drive, or null
 */
record Commands(
        RedisClusterAsyncCommands<byte[], byte[]> async,
        StatefulConnection<byte[], byte[]> connection,
        @Nullable Pipeline pipeline,
        @Nullable LendingLoop loop) {

    /** Returns a way whose callers share nothing but the connection. */
    static Commands of(StatefulRedisConnection<byte[], byte[]> connection) {
        return new Commands(connection.async(), connection, null, null);
    }

    /** Returns a way whose callers share batches, and which one who is alone may drive where it has {@code loop}. */
    static Commands of(
            StatefulRedisConnection<byte[], byte[]> connection,
            RedisBatches batches,
            Clock clock,
            @Nullable LendingLoop loop) {
        return batches.isOff()
                ? of(connection)
                : new Commands(
                        connection.async(),
                        connection,
                        new Pipeline(batch -> write(connection, batch, loop), batches, clock, loop != null),
                        loop);
    }

    /** Returns the way to all nodes of a cluster; one that hangs must not hold up the others, so nothing is shared. */
    static Commands of(StatefulRedisClusterConnection<byte[], byte[]> cluster) {
        return new Commands(cluster.async(), cluster, null, null);
    }

    private static void write(
            StatefulRedisConnection<byte[], byte[]> connection,
            List<RedisCommand<byte[], byte[], ?>> batch,
            @Nullable LendingLoop loop) {
        boolean claimed = loop != null && loop.claim();
        try {
            if (loop != null && loop.inEventLoop() && loop.pendingTasks() > 0) {
                // What another thread has sent before may be among them.
                loop.execute(() -> writeOrFail(connection, batch));
            } else {
                write(connection, batch);
            }
        } finally {
            if (loop != null && claimed) {
                loop.release();
            }
        }
    }

    /** Writes where nobody hears of a refusal but the commands. */
    private static void writeOrFail(
            StatefulRedisConnection<byte[], byte[]> connection, List<RedisCommand<byte[], byte[], ?>> batch) {
        try {
            write(connection, batch);
        } catch (RuntimeException refused) {
            batch.forEach(command -> command.completeExceptionally(refused));
        }
    }

    private static void write(
            StatefulRedisConnection<byte[], byte[]> connection, List<RedisCommand<byte[], byte[], ?>> batch) {
        if (batch.size() == 1) {
            connection.dispatch(batch.get(0));
        } else {
            connection.dispatch(batch);
        }
    }

    /** Whether callers wait for each other's answers. */
    boolean isCrowded() {
        return pipeline != null && pipeline.isCrowded();
    }

    /** Returns how a thread waits for what it has just asked; {@code crowded} is how one does that waits for others. */
    WaitStrategy waiting(WaitStrategy crowded) {
        if (loop == null || pipeline == null) {
            return isCrowded() ? crowded : WaitStrategy.PARKING;
        }
        if (pipeline.isAlone()) {
            return loop;
        }
        loop.unattended();
        return isCrowded() ? crowded : WaitStrategy.PARKING;
    }

    /** Returns the value at {@code name}, null for none. */
    CompletableFuture<byte @Nullable []> get(byte[] name) {
        return pipeline == null ? async.get(name).toCompletableFuture() : pipeline.get(name);
    }

    /** Writes a command. */
    void dispatch(AsyncCommand<byte[], byte[], ?> command) {
        if (pipeline == null) {
            connection.dispatch(command);
        } else {
            pipeline.send(List.of(command));
        }
    }

    /** Writes many commands together; none of it waits. */
    void dispatch(Collection<? extends AsyncCommand<byte[], byte[], ?>> commands) {
        if (pipeline != null) {
            pipeline.send(commands);
        } else if (connection instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster) {
            // Lettuce's way for many waits on this thread for connections to nodes, and gives up half-way when a slot
            // has no node.
            commands.forEach(cluster::dispatch);
        } else {
            connection.dispatch(commands);
        }
    }
}
