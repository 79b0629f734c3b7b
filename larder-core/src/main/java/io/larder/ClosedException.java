package io.larder;

/** The {@link Larder} that a cache belongs to was closed before the call. */
public final class ClosedException extends LarderException {

    private static final long serialVersionUID = 1L;

    /** Makes one; {@code message} names the cache. */
    public ClosedException(String message) {
        super(message, null);
    }
}
