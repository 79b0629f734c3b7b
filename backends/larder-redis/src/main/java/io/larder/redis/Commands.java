package io.larder.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.RedisCommand;
import java.util.Collection;

/**
 * One way to a server, or in a cluster to all of them. Thread-safe.
 *
 * @param async the commands, each written at once
 * @param connection what they go over
 */
record Commands(RedisClusterAsyncCommands<byte[], byte[]> async, StatefulConnection<byte[], byte[]> connection) {

    /** Writes many commands together; none of it waits. */
    void dispatch(Collection<? extends RedisCommand<byte[], byte[], ?>> commands) {
        if (connection instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster) {
            // Lettuce's way for many waits on this thread for connections to nodes, and gives up half-way when a slot
            // has no node.
            commands.forEach(cluster::dispatch);
        } else {
            connection.dispatch(commands);
        }
    }
}
