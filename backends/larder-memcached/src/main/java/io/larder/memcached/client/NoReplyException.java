package io.larder.memcached.client;

import org.jspecify.annotations.Nullable;

/** The server did not answer within the time its settings allow, and the connection was given up. */
public final class NoReplyException extends MemcachedException {

    private static final long serialVersionUID = 1L;

    NoReplyException(String message, Fate fate, @Nullable Throwable cause) {
        super(message, fate, cause);
    }
}
