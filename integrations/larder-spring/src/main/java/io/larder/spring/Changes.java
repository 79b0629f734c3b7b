package io.larder.spring;

import io.larder.annotations.Change;
import java.util.Collection;
import java.util.List;

/** Makes changes that belong together. */
final class Changes {

    private Changes() {}

    /** Makes all of {@code changes}, then throws what the first one that failed threw. */
    static void makeAll(Collection<Change> changes) {
        RuntimeException first = null;
        for (Change change : List.copyOf(changes)) {
            try {
                change.make();
            } catch (RuntimeException failure) {
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
