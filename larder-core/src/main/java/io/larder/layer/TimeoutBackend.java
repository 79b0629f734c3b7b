package io.larder.layer;

import io.larder.BackendException;
import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.Reply;
import io.larder.url.Units;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Gives up waiting for a backend; for those whose client cannot do it itself. Thread-safe. */
public final class TimeoutBackend<K, V> extends ForwardingBackend<K, V> {

    private final Duration timeout;
    private final String address;

    /** Makes one that waits for each answer {@code timeout} at most; {@code address} names the backend in messages. */
    public TimeoutBackend(Backend<K, V> below, Duration timeout, String address) {
        super(below);
        this.timeout = timeout;
        this.address = address;
    }

    @Override
    public List<BackendInfo> known() {
        return super.known().stream()
                .map(info -> info.address().isEmpty() ? BackendInfo.of(address) : info)
                .toList();
    }

    @Override
    protected <T extends @Nullable Object> Reply<T> pass(Reply<T> reply) {
        return reply.isReady() ? reply : reply.within(timeout.toMillis()).recover(this::explain);
    }

    private <T extends @Nullable Object> Reply<T> explain(RuntimeException failure) {
        if (failure.getCause() instanceof TimeoutException) {
            throw BackendException.passing(
                    address + " did not answer within " + Units.text(timeout)
                            + ". Raise 'timeout', or look at the server's load and the network",
                    failure.getCause());
        }
        throw failure;
    }
}
