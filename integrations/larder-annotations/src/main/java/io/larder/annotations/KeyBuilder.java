package io.larder.annotations;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Makes keys of calls, where no template can. Thread-safe. */
@FunctionalInterface
public interface KeyBuilder {

    /** Returns the key; calls that may have different results must have different keys. {@link KeyText} helps. */
    String key(Method method, @Nullable Object[] arguments);
}
