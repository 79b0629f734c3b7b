package io.larder;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some of the keys of a call of {@code getAll} could not be loaded, by that call or by a load that it waited for. Immutable, except that
 * {@link #values} and {@link #failures} are not serialized and are empty afterwards.
 */
public final class BulkLoadException extends LoadException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Map<Object, @Nullable Object> values;
    private final transient @Nullable Map<Object, Throwable> failures;

    /** Makes one, whose cause is the first of {@code failures}. */
    public BulkLoadException(
            String message, Map<?, ? extends @Nullable Object> values, Map<?, ? extends Throwable> failures) {
        super(message, failures.values().stream().findFirst().orElse(null));
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }

    /** Returns what was found and loaded, by key. */
    public Map<Object, @Nullable Object> values() {
        return values == null ? Map.of() : values;
    }

    /** Returns what the loader threw or told, by key. */
    public Map<Object, Throwable> failures() {
        return failures == null ? Map.of() : failures;
    }
}
