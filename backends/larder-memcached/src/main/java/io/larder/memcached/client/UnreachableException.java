package io.larder.memcached.client;

import org.jspecify.annotations.Nullable;

/** No connection could be made, or the pause after a failed attempt is not over. */
public final class UnreachableException extends MemcachedException {

    private static final long serialVersionUID = 1L;

    UnreachableException(String message, Fate fate, @Nullable Throwable cause) {
        super(message, fate, cause);
    }
}
