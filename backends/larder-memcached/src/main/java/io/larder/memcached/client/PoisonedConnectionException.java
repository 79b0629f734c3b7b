package io.larder.memcached.client;

import org.jspecify.annotations.Nullable;

/** The server sent something that is no reply to what it was asked, and the connection was given up. */
public final class PoisonedConnectionException extends MemcachedException {

    private static final long serialVersionUID = 1L;

    PoisonedConnectionException(String message, Fate fate, @Nullable Throwable cause) {
        super(message, fate, cause);
    }
}
