package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.layer.ForwardingBackend;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.CacheSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a layer has to keep: all that the backend below it keeps, and that backend's failures. */
public abstract class LayerContract extends BackendContract<byte[]> {

    /** Makes the contract. */
    protected LayerContract() {
        super(Values.BYTES);
    }

    /** Returns the layer around {@code below}. */
    protected abstract Backend<String, byte[]> layer(Backend<String, byte[]> below, BackendContext context);

    /** Says whether the layer passes on what goes wrong in {@code get}, {@code getAll} and {@code getOrLease}. */
    protected boolean passesFailedReads() {
        return true;
    }

    @Override
    protected final Backend<String, byte[]> open(CacheSpec<String, byte[]> spec, BackendContext context) {
        return layer(ReferenceBackend.ofBytes(context.clock()), context);
    }

    @Test
    void closesWhatIsBelow() {
        AtomicInteger closed = new AtomicInteger();

        layer(closing(closed), context()).close();

        assertThat(closed).hasValue(1);
    }

    private Backend<String, byte[]> closing(AtomicInteger closed) {
        return new ForwardingBackend<>(ReferenceBackend.ofBytes(clock())) {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    @Test
    void passesFailuresOn() {
        FlakyBackend<String, byte[]> below = new FlakyBackend<>(ReferenceBackend.ofBytes(clock()));
        Caller<byte[]> caller = caller(layer(below, context()));
        below.down();

        calls().forEach((what, call) -> assertThatThrownBy(() -> call.accept(caller))
                .as("failure of %s", what)
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("Flaky backend"));
        below.up();
        caller.put("a", "1");
        assertThat(caller.get("a")).isEqualTo("1");
    }

    private Map<String, Consumer<Caller<byte[]>>> calls() {
        Map<String, Consumer<Caller<byte[]>>> calls = new LinkedHashMap<>();
        if (passesFailedReads()) {
            calls.put("get", caller -> caller.find("a"));
            calls.put("getAll", caller -> caller.getAll("a"));
            calls.put("getOrLease", caller -> caller.lookup("a", "t"));
        }
        calls.put("put", caller -> caller.put("a", "1"));
        calls.put("putAll", caller -> caller.putAll(Map.of("a", caller.entry("1"))));
        calls.put("remove", caller -> caller.remove("a"));
        calls.put("removeAll", caller -> caller.removeAll(List.of("a")));
        calls.put("expire", caller -> caller.expire("a", Duration.ofDays(1)));
        calls.put("add", caller -> caller.add("a", 1));
        calls.put("invalidateTag", caller -> caller.invalidateTag("x"));
        calls.put("entriesByTag", caller -> caller.entriesByTag("x"));
        calls.put("keys", caller -> caller.keys("*"));
        calls.put("entries", caller -> caller.entries("*"));
        calls.put("removeMatching", caller -> caller.removeMatching("*"));
        calls.put("clear", Caller::clear);
        return calls;
    }
}
