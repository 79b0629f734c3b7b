package io.larder;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some of many keys could not be loaded. Immutable, except that {@link #values} and {@link #failures} are not serialized and are empty
 * afterwards.
 *
 * <p>A {@link BulkLoader} may throw it to say which keys these are: what it brings for the others is stored, and is the answer to whoever
 * waits for one of them. {@code getAll} throws it when the load of some keys has failed, its own or one that it waited for, with all that
 * it has found and loaded.
 */
public final class BulkLoadException extends LoadException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Map<Object, @Nullable Object> values;
    private final transient @Nullable Map<Object, Throwable> failures;

    /**
     * Makes one, whose cause is the first of {@code failures}.
     *
     * @param values what there is, by key; a key that is neither here nor in the failures has no value
     * @param failures why there is nothing, by key; at least one
     * @throws IllegalArgumentException if there are no failures
     */
    public BulkLoadException(
            String message, Map<?, ? extends @Nullable Object> values, Map<?, ? extends Throwable> failures) {
        super(message, failures.values().stream().findFirst().orElse(null));
        if (failures.isEmpty()) {
            throw new IllegalArgumentException("failures must not be empty. Return the values if all were loaded");
        }
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }

    /** Returns what there is, by key; in an exception of {@code getAll}, what it would have returned without the keys that failed. */
    public Map<Object, @Nullable Object> values() {
        return values == null ? Map.of() : values;
    }

    /** Returns why there is nothing, by key; in an exception of {@code getAll}, what the loader threw or said. */
    public Map<Object, Throwable> failures() {
        return failures == null ? Map.of() : failures;
    }
}
