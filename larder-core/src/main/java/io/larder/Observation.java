package io.larder;

import org.jspecify.annotations.Nullable;

/** Is told how one piece of work goes on, by one thread at a time. An answer that nobody waits for any more has no end. */
public interface Observation {

    /** Of work that nobody observes. */
    Observation NONE = new Observation() {
        @Override
        public Runnable enter() {
            return () -> {};
        }

        @Override
        public void end(@Nullable Throwable failure) {
            // Nobody wants to know.
        }
    };

    /** Takes note that a loader is called on this thread, and returns what is run there when it has returned. */
    Runnable enter();

    /** Takes note that the work has ended, with a failure or null. */
    void end(@Nullable Throwable failure);
}
