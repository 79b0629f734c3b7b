package io.larder.testkit;

import io.larder.BackendException;
import io.larder.spi.Backend;
import io.larder.spi.Reply;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Fails the calls that a test chooses, with a failure that may pass; at first none. As thread-safe as what is below it. */
public final class FlakyBackend<K, V> extends GuardedBackend<K, V> {

    private volatile Predicate<String> failsBefore = method -> false;
    private volatile Predicate<String> failsAfter = method -> false;

    /** Makes one around {@code below} that is up. */
    public FlakyBackend(Backend<K, V> below) {
        super(below);
    }

    /** Fails every call from now on; none takes effect. */
    public void down() {
        failBefore(method -> true);
    }

    /** Fails no call any more. */
    public void up() {
        failBefore(method -> false);
        failAfter(method -> false);
    }

    /** Fails the methods of {@link Backend} whose name {@code chosen} accepts, before they take effect. */
    public void failBefore(Predicate<String> chosen) {
        failsBefore = chosen;
    }

    /** Fails the methods of {@link Backend} whose name {@code chosen} accepts after they took effect, as a lost answer does. */
    public void failAfter(Predicate<String> chosen) {
        failsAfter = chosen;
    }

    /** Fails a {@code share} of all calls, 0 to 1, half of them after they took effect; the same seed fails the same calls. */
    public void failRandomly(double share, long seed) {
        Random before = new Random(seed);
        Random after = new Random(seed + 1);
        failBefore(method -> before.nextDouble() < share / 2);
        failAfter(method -> after.nextDouble() < share / 2);
    }

    @Override
    protected <T extends @Nullable Object> Reply<T> guard(String method, Supplier<Reply<T>> call) {
        if (failsBefore.test(method)) {
            return Reply.failed(failure(method, "before"));
        }
        return failsAfter.test(method) ? call.get().then(lost -> Reply.failed(failure(method, "after"))) : call.get();
    }

    private static BackendException failure(String method, String when) {
        return BackendException.passing("Flaky backend: '" + method + "' fails " + when + " it takes effect", null);
    }
}
