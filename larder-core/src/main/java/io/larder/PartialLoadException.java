package io.larder;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a {@link BulkLoader} that could load some of the keys, with what it has of them and why it has nothing of the others. Immutable,
 * except that both are not serialized and are empty afterwards.
 *
 * <p>What it brings is stored, and is the answer to whoever waits for it. The caller of {@code getAll} is told by a
 * {@link BulkLoadException}, which is not taken for one of these where it leaves the loader of another cache: its values are not that cache's.
 */
public final class PartialLoadException extends Exception {

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
    public PartialLoadException(Map<?, ? extends @Nullable Object> values, Map<?, ? extends Throwable> failures) {
        super(
                failures.size() + " of " + (values.size() + failures.size()) + " keys could not be loaded",
                failures.values().stream().findFirst().orElse(null));
        if (failures.isEmpty()) {
            throw new IllegalArgumentException("failures must not be empty. Return the values if all were loaded");
        }
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }

    /** Returns what there is, by key. */
    public Map<Object, @Nullable Object> values() {
        return values == null ? Map.of() : values;
    }

    /** Returns why there is nothing, by key. */
    public Map<Object, Throwable> failures() {
        return failures == null ? Map.of() : failures;
    }
}
