package io.larder;

import org.jspecify.annotations.Nullable;

/** A loader failed, or could not be waited for; the loader's own exception is the cause. */
public sealed class LoadException extends LarderException permits BulkLoadException {

    private static final long serialVersionUID = 1L;

    /** Makes one; {@code message} names the cache and the key. */
    public LoadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
