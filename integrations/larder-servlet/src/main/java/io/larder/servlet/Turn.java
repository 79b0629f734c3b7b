package io.larder.servlet;

import io.larder.AsyncContextLoader;
import io.larder.LoadContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One caller's chance to be the one who computes. Thread-safe.
 *
 * <p>A handler has to run on the thread of its request. So the loader that the cache calls, on a thread of its own, only says whose turn it
 * is, and waits for that thread to hand in a response, or to say early that nobody else is to get it.
 */
final class Turn implements AsyncContextLoader<String, StoredResponse> {

    private final CompletableFuture<@Nullable LoadContext<StoredResponse>> decided = new CompletableFuture<>();
    private final CompletableFuture<@Nullable StoredResponse> made = new CompletableFuture<>();

    @Override
    public CompletionStage<? extends @Nullable StoredResponse> load(String key, LoadContext<StoredResponse> context) {
        return decided.complete(context)
                ? made
                : CompletableFuture.failedFuture(
                        new IllegalStateException("No request waits any longer that could compute the response"));
    }

    /** Waits until it is this caller's turn, which returns the context, or {@code answer} is there, which returns null. */
    @Nullable
    LoadContext<StoredResponse> await(CompletableFuture<?> answer) {
        var unused = answer.whenComplete((response, failure) -> decided.complete(null));
        return decided.join();
    }

    /** Hands in what is stored and given to all who wait. */
    void handIn(StoredResponse response) {
        made.complete(response);
    }

    /** Lets those who wait compute for themselves; does nothing after a response was handed in. */
    void release(LoadContext<StoredResponse> context) {
        if (!made.isDone()) {
            context.doNotStore();
            made.complete(null);
        }
    }
}
