package io.larder.annotations;

import io.larder.LoadException;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/** Carries what a method threw through the cache, so that its callers get just that. */
final class CallFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CallFailure(Throwable thrown) {
        super(thrown.toString(), thrown, false, false);
    }

    /** Returns what the method threw, where {@code failure} is about that, else {@code failure} out of its future. */
    static Throwable thrown(Throwable failure) {
        Throwable bare =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        for (Throwable at = bare; at != null; at = isWrapper(at) ? at.getCause() : null) {
            if (at instanceof CallFailure carried) {
                return Objects.requireNonNull(carried.getCause());
            }
        }
        return bare;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof LoadException || failure instanceof CompletionException;
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // Core's message quotes it, and should name what the method threw.
    public String toString() {
        return String.valueOf(getMessage());
    }
}
