package io.larder.jfr;

import io.larder.CacheEvent;
import io.larder.CacheListener;
import io.larder.CacheObserver;
import io.larder.CacheWork;
import io.larder.Larder;
import io.larder.LarderBuilder;
import io.larder.LoadException;
import io.larder.Observation;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Writes what happens in the caches of a {@link Larder} into recordings of the JDK's Flight Recorder. Thread-safe.
 *
 * <p>No event holds a key or a value. While nothing is recorded, an event costs a look at a field.
 */
public final class FlightEvents implements CacheObserver, CacheListener {

    private FlightEvents() {}

    /** Opens a Larder whose loads, calls of backends, trouble and, every ten seconds, counts are events. */
    public static Larder open(LarderBuilder builder) {
        FlightEvents events = new FlightEvents();
        Larder larder = builder.observer(events).listener(events).build();
        larder.eachCache(cache -> {
            Runnable counts = () -> CountsEvent.commit(cache);
            FlightRecorder.addPeriodicEvent(CountsEvent.class, counts);
            larder.onClose(() -> FlightRecorder.removePeriodicEvent(counts));
        });
        return larder;
    }

    @Override
    public Observation begin(CacheWork work) {
        WorkEvent event = work instanceof CacheWork.Call call ? new CallEvent(call) : new LoadEvent();
        if (!event.isEnabled()) {
            return Observation.NONE;
        }
        event.cache = work.cache();
        event.keys = work.keys();
        event.begin();
        return new Flight(event);
    }

    private record Flight(WorkEvent event) implements Observation {

        @Override
        public Runnable enter() {
            return () -> {};
        }

        @Override
        public void end(@Nullable Throwable failure) {
            event.failure = failure == null ? null : kind(failure);
            event.commit();
        }

        /** Returns what went wrong without its message, which may name a key. */
        private static String kind(Throwable failure) {
            Throwable cause = failure.getCause();
            return (failure instanceof LoadException && cause != null ? cause : failure)
                    .getClass()
                    .getName();
        }
    }

    @Override
    public void on(CacheEvent event) {
        new TroubleEvent(event).commit();
    }
}
