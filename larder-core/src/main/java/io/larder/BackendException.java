package io.larder;

import org.jspecify.annotations.Nullable;

/** A backend did not do what it was asked: it is down, too slow, full, or answers nonsense. */
public final class BackendException extends LarderException {

    private static final long serialVersionUID = 1L;

    private final boolean mayPass;

    private BackendException(String message, @Nullable Throwable cause, boolean mayPass) {
        super(message, cause);
        this.mayPass = mayPass;
    }

    /** Returns a failure that may pass by itself: a timeout, a lost connection, a server that starts. */
    public static BackendException passing(String message, @Nullable Throwable cause) {
        return new BackendException(message, cause, true);
    }

    /** Returns a failure that stays until somebody mends its cause: a wrong type, no space, no permission. */
    public static BackendException lasting(String message, @Nullable Throwable cause) {
        return new BackendException(message, cause, false);
    }

    @Override
    public boolean isTransient() {
        return mayPass;
    }
}
