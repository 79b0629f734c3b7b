package io.larder.memcached.client;

import org.jspecify.annotations.Nullable;

/** As many calls wait for this server as its settings allow. */
public final class TooManyCallsException extends MemcachedException {

    private static final long serialVersionUID = 1L;

    static Call.Failure beyond(ClientSettings settings, String awaited) {
        return (what, fate) -> new TooManyCallsException(
                what + ": " + settings.callsMax() + " calls or " + settings.bytesMax() + " bytes wait for " + awaited
                        + " already. Ask for less at a time, or raise the limits",
                fate,
                null);
    }

    TooManyCallsException(String message, Fate fate, @Nullable Throwable cause) {
        super(message, fate, cause);
    }
}
