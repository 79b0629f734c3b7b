package io.larder;

import org.jspecify.annotations.Nullable;

/** A key or a value cannot be turned into bytes, or bytes not into a value. */
public final class CodecException extends LarderException {

    private static final long serialVersionUID = 1L;

    /** Makes one; {@code message} says what was to be encoded or decoded, never the value itself. */
    public CodecException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
