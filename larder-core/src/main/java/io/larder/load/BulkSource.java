package io.larder.load;

import io.larder.BulkLoader;
import io.larder.PartialLoadException;
import io.larder.spi.Reply;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where many missing values come from at once. Thread-safe. */
@FunctionalInterface
public interface BulkSource<K, V> {

    /** Returns the values there are of {@code keys}; code of the caller's runs inside {@code flight}. */
    Reply<Map<K, ? extends @Nullable V>> loadAll(Set<K> keys, Flight<?> flight);

    /** Returns the source that asks {@code loader} on the thread that wants the answer; equal to that of an equal loader. */
    static <K, V> BulkSource<K, V> of(BulkLoader<K, ? extends V> loader) {
        return new Loaded<>(loader);
    }

    /** Asks a loader of the caller's. */
    record Loaded<K, V>(BulkLoader<K, ? extends V> loader) implements BulkSource<K, V> {

        @Override
        public Reply<Map<K, ? extends @Nullable V>> loadAll(Set<K> keys, Flight<?> flight) {
            return Reply.deferred(() -> flight.run(() -> loader.loadAll(keys)));
        }
    }

    /** Returns this source for keys that come alone. */
    default Source<K, V> single() {
        return (key, flight) -> loadAll(Set.of(key), flight)
                .recover(failure -> {
                    if (!(failure.getCause() instanceof PartialLoadException some)) {
                        throw failure;
                    }
                    Throwable why = some.failures().get(key);
                    if (why != null) {
                        throw flight.failed(why);
                    }
                    return Reply.<Map<K, ? extends @Nullable V>>ready(valuesOf(some));
                })
                .map(values -> values.get(key));
    }

    /** Safe, because a loader of these very values threw it; a wrong one fails where it is encoded, or at its caller's. */
    @SuppressWarnings("unchecked")
    static <K, V> Map<K, ? extends @Nullable V> valuesOf(PartialLoadException failure) {
        return (Map<K, ? extends @Nullable V>) (Map<?, ?>) failure.values();
    }
}
