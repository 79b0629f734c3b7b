package io.larder.layer;

import io.larder.Clock;
import io.larder.Observation;
import io.larder.spi.Backend;
import io.larder.spi.Reply;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells how long each call takes, and how it ends. Thread-safe.
 *
 * <p>Belongs inside retries and the breaker, so that it sees each attempt, and none that was not made; and outside the timeout, so that
 * it sees how long a caller waited.
 */
public final class ObservedBackend<K, V> extends ForwardingBackend<K, V> {

    private final String address;
    private final CallEvents events;
    private final Clock clock;

    /** Makes one that tells {@code events} about the calls of {@code below}, which is at {@code address}. */
    public ObservedBackend(Backend<K, V> below, String address, CallEvents events, Clock clock) {
        super(below);
        this.address = address;
        this.events = events;
        this.clock = clock;
    }

    @Override
    protected <T extends @Nullable Object> Reply<T> call(String operation, Object key, Supplier<Reply<T>> call) {
        Observation observation = events.callBegins(address, operation, key);
        long startNanos = clock.nanos();
        Reply<T> reply = call.get();
        if (reply.isReady()) {
            end(observation, startNanos, null);
            return reply;
        }
        return reply.map(answer -> {
                    end(observation, startNanos, null);
                    return answer;
                })
                .recover(failure -> {
                    end(observation, startNanos, failure);
                    throw failure;
                });
    }

    private void end(Observation observation, long startNanos, @Nullable RuntimeException failure) {
        events.callEnded(clock.nanos() - startNanos);
        observation.end(failure);
    }
}
