package io.larder.annotations;

import java.lang.reflect.Constructor;
import java.util.function.Function;

/** What plans are made with. Immutable. */
record CallRules(CacheOpener opener, CallTiming timing, Expressions expressions, Function<Class<?>, ?> instances) {

    /** Returns an instance of a class that an annotation names. */
    <T> T instance(Class<T> type) {
        return type.cast(instances.apply(type));
    }

    /** Makes one by the constructor without parameters. */
    static Object construct(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException failure) {
            throw new IllegalArgumentException(
                    type.getName() + " must have a constructor without parameters that works", failure);
        }
    }
}
