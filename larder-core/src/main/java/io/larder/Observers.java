package io.larder;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Several observers as one, which keeps from the cache what they throw. Immutable. */
record Observers(List<CacheObserver> observers) implements CacheObserver {

    @Override
    public Observation begin(CacheWork work) {
        return observers.isEmpty()
                ? Observation.NONE
                : new Observations(each(observers, observer -> observer.begin(work)));
    }

    private record Observations(List<Observation> observations) implements Observation {

        @Override
        public Runnable enter() {
            List<Runnable> leaves = new ArrayList<>();
            // The last to enter is the first to leave.
            each(observations, Observation::enter).forEach(leave -> leaves.add(0, leave));
            return () -> forEach(leaves, Runnable::run);
        }

        @Override
        public void end(@Nullable Throwable failure) {
            forEach(observations, observation -> observation.end(failure));
        }
    }

    private static <S, T> List<T> each(List<S> all, Function<S, T> step) {
        List<T> results = new ArrayList<>(all.size());
        forEach(all, one -> results.add(Objects.requireNonNull(step.apply(one))));
        return results;
    }

    private static <S> void forEach(List<S> all, Consumer<S> step) {
        for (S one : all) {
            try {
                step.accept(one);
            } catch (RuntimeException | Error dropped) {
                // An observer must not break the cache, and there is nobody to tell.
            }
        }
    }
}
