package io.larder.memcached;

import io.larder.BackendException;
import io.larder.memcached.client.MemcachedException;
import io.larder.memcached.client.ServerAddress;
import java.time.Duration;

/** Says in Larder's words what the client, the JDK or a server meant. Thread-safe. */
final class MemcachedErrors {

    MemcachedErrors(MemcachedAddress address, Duration connectTimeout, Duration timeout) {}

    RuntimeException explain(ServerAddress server, RuntimeException failure) {
        return failure instanceof MemcachedException
                ? BackendException.passing("memcached at " + server + ": " + failure.getMessage(), failure)
                : failure;
    }
}
