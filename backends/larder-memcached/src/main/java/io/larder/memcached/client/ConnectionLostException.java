package io.larder.memcached.client;

import org.jspecify.annotations.Nullable;

/** The connection ended before the reply came. */
public final class ConnectionLostException extends MemcachedException {

    private static final long serialVersionUID = 1L;

    ConnectionLostException(String message, Fate fate, @Nullable Throwable cause) {
        super(message, fate, cause);
    }
}
