package io.larder.testkit;

import io.larder.spi.Backend;
import io.larder.spi.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A backend that stops answering when a test says so, and goes on when it says so; at first it answers. As thread-safe as what is
 * below it.
 *
 * <p>A call that is made meanwhile stays pending, and takes effect only when it is released and still waited for.
 */
public final class StalledBackend<K, V> extends GuardedBackend<K, V> {

    private volatile CompletableFuture<@Nullable Void> gate = CompletableFuture.completedFuture(null);
    private volatile Predicate<String> stalls = method -> true;

    /** Makes one around {@code below} that answers. */
    public StalledBackend(Backend<K, V> below) {
        super(below);
    }

    /** Lets every call from now on wait. */
    public void stall() {
        stall(method -> true);
    }

    /** Lets the methods of {@link Backend} whose name {@code chosen} accepts wait from now on. */
    public void stall(Predicate<String> chosen) {
        stalls = chosen;
        gate = new CompletableFuture<>();
    }

    /** Lets the calls that wait, and those to come, go on. */
    public void release() {
        gate.complete(null);
    }

    @Override
    protected <T extends @Nullable Object> Reply<T> guard(String method, Supplier<Reply<T>> call) {
        return stalls.test(method) ? Reply.pending(gate).then(open -> call.get()) : call.get();
    }
}
