package io.larder.layer;

import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.Reply;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Fails at once what a {@link Breaker} does not let through. Thread-safe.
 *
 * <p>The first call after the pause sends a ping in the background, and is refused like all others: nobody waits for a backend that is
 * known to be down. {@link #ping} itself is never refused, so that a caller who wants to know gets to know.
 */
public final class BreakerBackend<K, V> extends ForwardingBackend<K, V> {

    private final Breaker breaker;
    private final boolean anyWillDo;
    private final OutageEvents events;
    private final Executor executor;

    /**
     * Makes one.
     *
     * @param anyWillDo whether a backend of several servers is asked while any of them answers, rather than all
     * @param events is told when a call opens or closes the breaker
     * @param executor for pings
     */
    public BreakerBackend(
            Backend<K, V> below, Breaker breaker, boolean anyWillDo, OutageEvents events, Executor executor) {
        super(below);
        this.breaker = breaker;
        this.anyWillDo = anyWillDo;
        this.events = events;
        this.executor = executor;
    }

    Breaker breaker() {
        return breaker;
    }

    /** Returns whether calls are let through, and finds out, by and by, whether they could be. */
    boolean isAsked() {
        if (breaker.isClosed()) {
            return true;
        }
        pingIfDue();
        return false;
    }

    @Override
    protected <T extends @Nullable Object> Reply<T> call(Supplier<Reply<T>> call) {
        if (!isAsked()) {
            return Reply.failed(breaker.refusal());
        }
        Reply<T> reply = call.get();
        if (reply.isReady()) {
            breaker.succeeded();
            return reply;
        }
        return reply.map(value -> {
                    breaker.succeeded();
                    return value;
                })
                .recover(this::noted);
    }

    private <T extends @Nullable Object> Reply<T> noted(RuntimeException failure) {
        if (breaker.failed(failure)) {
            openUnlessAnswered();
        }
        throw failure;
    }

    private void openUnlessAnswered() {
        Reply<@Nullable Void> any = pingAny();
        if (any == null) {
            breaker.open(events);
            return;
        }
        var unused = any.within(breaker.pauseMillis()).toFuture(executor).whenComplete((answered, failure) -> {
            if (failure == null) {
                breaker.trust();
            } else {
                breaker.open(events);
            }
        });
    }

    @Override
    public @Nullable Reply<@Nullable Void> pingAny() {
        return anyWillDo ? below.pingAny() : null;
    }

    private Reply<@Nullable Void> probe() {
        Reply<@Nullable Void> any = pingAny();
        return any == null ? below.ping() : any;
    }

    private void pingIfDue() {
        if (breaker.takesPing()) {
            var unused = Reply.none()
                    .then(due -> probe())
                    .toFuture(executor)
                    .whenComplete((pinged, failure) -> breaker.pinged(failure, events));
        }
    }

    @Override
    public Reply<@Nullable Void> ping() {
        return below.ping()
                .<@Nullable Void>then(pinged -> {
                    breaker.close(events);
                    return Reply.none();
                })
                .recover(this::noted);
    }

    @Override
    public Reply<BackendInfo> info() {
        Reply<BackendInfo> info = breaker.isClosed() ? super.info() : Reply.ready(BackendInfo.of(breaker.address()));
        return info.map(told -> told.with("breaker", breaker.toString()));
    }

    @Override
    public List<BackendInfo> known() {
        // Who looks is a caller too: a program that got no more requests because of this would never find out that it
        // is over.
        isAsked();
        BackendInfo known = BackendInfo.of(breaker.address()).with("breaker", breaker.toString());
        return Known.of(below).stream().map(told -> known.with(told.details())).toList();
    }
}
