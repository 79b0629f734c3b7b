package io.larder.annotations;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Understands what stands between the braces of a template. Thread-safe. */
@FunctionalInterface
public interface Expressions {

    /** Finds a value in a call. Thread-safe. */
    @FunctionalInterface
    interface Expression {

        /** Returns the value; {@code result} is what the method returned, out of its future, or null before that. */
        @Nullable
        Object value(@Nullable Object[] arguments, @Nullable Object result);
    }

    /**
     * Returns what finds the value that {@code text} names.
     *
     * @param resultType what the method returns, or null where the text is needed before that
     * @throws IllegalArgumentException when it names nothing; the message says what could be named
     */
    Expression parse(String text, Method method, @Nullable Type resultType);
}
