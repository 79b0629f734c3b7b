package io.larder.micrometer;

import io.larder.CacheObserver;
import io.larder.CacheWork;
import io.larder.Observation;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Times each load as {@code cache.loads}, and each call of a backend outside this process as {@code cache.calls}; the registry makes
 * histograms and percentiles of them. Thread-safe.
 */
public final class LarderTimers implements CacheObserver {

    private final MeterRegistry registry;
    private final MeterProvider<Timer> loads;
    private final MeterProvider<Timer> calls;

    /** Makes one whose timers are in {@code registry}. */
    public LarderTimers(MeterRegistry registry) {
        this.registry = registry;
        this.loads = Timer.builder("cache.loads")
                .description("Loads; a bulk loader counts once for all its keys")
                .withRegistry(registry);
        this.calls = Timer.builder("cache.calls")
                .description("Calls of a backend outside this process")
                .withRegistry(registry);
    }

    @Override
    public Observation begin(CacheWork work) {
        Tags tags = Tags.of("cache", work.cache());
        return work instanceof CacheWork.Call call
                ? new Timing(
                        calls,
                        tags.and("backend", OwnMeters.scheme(call.address()), "operation", call.operation()),
                        Timer.start(registry))
                : new Timing(loads, tags, Timer.start(registry));
    }

    private record Timing(MeterProvider<Timer> timers, Tags tags, Timer.Sample sample) implements Observation {

        @Override
        public Runnable enter() {
            return () -> {};
        }

        @Override
        public void end(@Nullable Throwable failure) {
            sample.stop(timers.withTags(tags.and("outcome", failure == null ? "success" : "failure")));
        }
    }
}
