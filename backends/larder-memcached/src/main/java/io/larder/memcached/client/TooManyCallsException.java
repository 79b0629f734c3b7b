package io.larder.memcached.client;

import org.jspecify.annotations.Nullable;

/** As many calls wait for this server as its settings allow. */
public final class TooManyCallsException extends MemcachedException {

    private static final long serialVersionUID = 1L;

    TooManyCallsException(String message, Fate fate, @Nullable Throwable cause) {
        super(message, fate, cause);
    }
}
