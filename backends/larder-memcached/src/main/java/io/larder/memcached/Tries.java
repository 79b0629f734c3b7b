package io.larder.memcached;

import io.larder.BackendException;
import io.larder.spi.Reply;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Repeats what somebody else came in the way of. */
final class Tries {

    /** Each try that fails is one of somebody else's that succeeded; so many in a row are no accident. */
    private static final int TRIES_MAX = 1_000;

    private Tries() {}

    /** Returns the first answer of {@code attempt} that is not null. */
    static <T> Reply<T> until(String what, Supplier<Reply<@Nullable T>> attempt) {
        return until(what, attempt, 1);
    }

    private static <T> Reply<T> until(String what, Supplier<Reply<@Nullable T>> attempt, int number) {
        return attempt.get().then(answer -> {
            if (answer != null) {
                return Reply.ready(answer);
            }
            return number < TRIES_MAX
                    ? until(what, attempt, number + 1)
                    : Reply.failed(BackendException.passing(
                            what + ": others changed the same item between reading and writing, " + TRIES_MAX
                                    + " times in a row. Spread the load over more keys, or try again",
                            null));
        });
    }
}
