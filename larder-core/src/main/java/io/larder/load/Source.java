package io.larder.load;

import io.larder.AsyncLoader;
import io.larder.Loader;
import io.larder.spi.Reply;
import org.jspecify.annotations.Nullable;

/** Where a missing value comes from: the caller's loader, or rules about loading wrapped around it. Thread-safe. */
@FunctionalInterface
public interface Source<K, V> {

    /** Returns the value of {@code key}, or null when there is none; code of the caller's runs inside {@code flight}. */
    Reply<@Nullable V> load(K key, Flight<?> flight);

    /** Returns the source that asks {@code loader} on the thread that wants the answer. */
    static <K, V> Source<K, V> of(Loader<? super K, ? extends V> loader) {
        return (key, flight) -> Reply.deferred(() -> flight.run(() -> loader.load(key)));
    }

    /** Returns the source that asks {@code loader} where the answer is wanted, and waits for its stage. */
    static <K, V> Source<K, V> of(AsyncLoader<? super K, ? extends V> loader) {
        return (key, flight) -> Reply.deferred(() -> flight.run(() -> loader.load(key)))
                .then(stage -> Reply.pending(flight.<@Nullable V>failing(stage)));
    }
}
