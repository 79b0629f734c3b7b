package io.larder;

import org.jspecify.annotations.Nullable;

/** What every failure in Larder is a kind of; the kind says whose fault it is, {@link #isTransient} whether to try again. */
public abstract sealed class LarderException extends RuntimeException
        permits BackendException, ClosedException, CodecException, ConfigException, LoadException {

    private static final long serialVersionUID = 1L;

    LarderException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Returns whether the same call may succeed later without anybody changing anything. */
    public boolean isTransient() {
        return false;
    }
}
