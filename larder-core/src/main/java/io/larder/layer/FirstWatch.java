package io.larder.layer;

import io.larder.spi.Watch;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A watch over a first backend, which covers nothing while a spare is used in its place. Thread-safe.
 *
 * @param isFirst whether the first backend is used
 * @param closing what to do when the watch is closed
 */
record FirstWatch(Watch<String> watch, BooleanSupplier isFirst, Runnable closing) implements Watch<String> {

    @Override
    public String name() {
        return watch.name();
    }

    @Override
    public Duration bound() {
        return watch.bound();
    }

    @Override
    public boolean coversAll() {
        return isFirst.getAsBoolean() && watch.coversAll();
    }

    @Override
    public boolean covers(String key) {
        return isFirst.getAsBoolean() && watch.covers(key);
    }

    @Override
    public boolean isOptional() {
        return watch.isOptional();
    }

    @Override
    public void close() {
        closing.run();
        watch.close();
    }
}
