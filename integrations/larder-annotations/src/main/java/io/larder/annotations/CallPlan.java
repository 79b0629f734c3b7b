package io.larder.annotations;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What becomes of calls of one annotated method. Thread-safe. */
public final class CallPlan {

    private final @Nullable Delivery delivery;
    private final @Nullable CacheRead read;
    private final @Nullable CacheWrite write;
    private final List<Invalidation> invalidations;
    private final CallTiming timing;

    CallPlan(
            @Nullable Delivery delivery,
            @Nullable CacheRead read,
            @Nullable CacheWrite write,
            List<Invalidation> invalidations,
            CallTiming timing) {
        this.delivery = delivery;
        this.read = read;
        this.write = write;
        this.invalidations = invalidations;
        this.timing = timing;
    }

    /** Answers {@code call} from the cache, or lets it proceed, and makes the changes that follow; throws what the method throws. */
    public @Nullable Object call(Invocation call) throws Throwable {
        return delivery == null
                ? answer(call)
                : delivery.give(call.arguments(), context -> begin(delivery, call, context));
    }

    private @Nullable Object answer(Invocation call) throws Throwable {
        @Nullable Object[] arguments = call.arguments();
        changes(true, arguments, null).forEach(Change::make);
        Object result = read == null ? call.proceed(arguments) : read.answer(call);
        if (write != null) {
            write.make(arguments, result);
        }
        changes(false, arguments, result).forEach(Change::make);
        return result;
    }

    private CompletableFuture<@Nullable Object> begin(Delivery delivery, Invocation call, @Nullable Object context) {
        try {
            @Nullable Object[] arguments = delivery.arguments(call.arguments());
            List<Change> before = changes(true, arguments, null);
            return (before.isEmpty()
                            ? proceed(delivery, call, arguments, context)
                            : started(before).thenCompose(done -> proceed(delivery, call, arguments, context)))
                    .thenCompose(result -> followed(arguments, result))
                    .toCompletableFuture();
        } catch (RuntimeException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
    }

    private CompletionStage<@Nullable Object> proceed(
            Delivery delivery, Invocation call, @Nullable Object[] arguments, @Nullable Object context) {
        CompletionStage<@Nullable Object> result;
        try {
            result = read == null ? delivery.take(call, context) : read.start(delivery, call, arguments, context);
        } catch (Throwable thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
        return result.exceptionallyCompose(failure -> CompletableFuture.failedFuture(CallFailure.thrown(failure)));
    }

    private CompletionStage<@Nullable Object> followed(@Nullable Object[] arguments, @Nullable Object result) {
        try {
            CompletableFuture<?> written = write == null ? started(List.of()) : write.start(arguments, result);
            return written.thenCompose(done -> started(changes(false, arguments, result)))
                    .thenApply(done -> result);
        } catch (Exception wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
    }

    private static CompletableFuture<?> started(List<Change> changes) {
        return CompletableFuture.allOf(changes.stream().map(Change::start).toArray(CompletableFuture<?>[]::new));
    }

    /** Returns the changes that are to be made now; those before the call are made again when their transaction ends. */
    private List<Change> changes(boolean before, @Nullable Object[] arguments, @Nullable Object result) {
        List<Change> changes = new ArrayList<>();
        for (Invalidation each : invalidations) {
            if (each.before() == before) {
                for (Change change :
                        each.changes(arguments, result instanceof Optional<?> some ? some.orElse(null) : result)) {
                    if (!timing.defer(change) || before) {
                        changes.add(change);
                    }
                }
            }
        }
        return changes;
    }
}
