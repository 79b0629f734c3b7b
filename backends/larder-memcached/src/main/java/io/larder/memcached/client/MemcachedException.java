package io.larder.memcached.client;

import org.jspecify.annotations.Nullable;

/** A call that has no reply. Its message names server, command and key, never a value. */
public class MemcachedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Whether the server may have done what it was asked. */
    public enum Fate {
        /** Nothing was sent, or the server refused: repeating it is safe. */
        NOT_DONE,
        /** It was sent and no answer came. */
        UNKNOWN;

        /** Returns the end of a message. */
        String consequence() {
            return this == UNKNOWN ? "; whether the server did it is not known" : "; it had not been sent";
        }
    }

    private final Fate fate;

    MemcachedException(String message, Fate fate, @Nullable Throwable cause) {
        super(message, cause);
        this.fate = fate;
    }

    /** Returns whether the server may have done it. */
    public Fate fate() {
        return fate;
    }
}
