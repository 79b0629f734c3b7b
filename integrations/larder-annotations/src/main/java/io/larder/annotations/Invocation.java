package io.larder.annotations;

import org.jspecify.annotations.Nullable;

/** A call of a method on its way there. */
public interface Invocation {

    /** Returns the arguments, which nobody may change. */
    @Nullable
    Object[] arguments();

    /** Calls the method itself. May run on another thread, and, where a stale value is computed anew, after the caller has its answer. */
    @Nullable
    Object proceed(@Nullable Object[] arguments) throws Throwable;
}
