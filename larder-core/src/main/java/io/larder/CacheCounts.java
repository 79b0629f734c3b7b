package io.larder;

import io.larder.layer.OutageEvents;
import io.larder.load.LoadEvents;
import io.larder.spi.BackendInfo;
import io.larder.tier.TierEvents;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens in one cache, and tells its listeners what nobody was told by an exception. Thread-safe. */
final class CacheCounts implements OutageEvents, LoadEvents, TierEvents {

    private final String cache;
    private final List<CacheListener> listeners;
    private final LongAdder hits = new LongAdder();
    private final LongAdder staleHits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final LongAdder removals = new LongAdder();
    private final LongAdder loads = new LongAdder();
    private final LongAdder loadFailures = new LongAdder();
    private final LongAdder loadsDropped = new LongAdder();
    private final LongAdder loadNanos = new LongAdder();
    private final LongAdder errors = new LongAdder();

    CacheCounts(String cache, List<CacheListener> listeners) {
        this.cache = cache;
        this.listeners = List.copyOf(listeners);
    }

    CacheStats stats(BackendInfo backend) {
        return new CacheStats(
                hits.sum(),
                staleHits.sum(),
                misses.sum(),
                puts.sum(),
                removals.sum(),
                loads.sum(),
                loadFailures.sum(),
                loadsDropped.sum(),
                Duration.ofNanos(loadNanos.sum()),
                errors.sum(),
                backend);
    }

    void reads(int found, int asked) {
        hits.add(found);
        misses.add(asked - found);
    }

    void puts(long count) {
        puts.add(count);
    }

    void removals(long count) {
        removals.add(count);
    }

    @Override
    public void hit() {
        hits.increment();
    }

    @Override
    public void staleHit() {
        hits.increment();
        staleHits.increment();
    }

    @Override
    public void miss() {
        misses.increment();
    }

    @Override
    public void loaded(int values, long nanos) {
        loads.add(values);
        loadNanos.add(nanos);
    }

    @Override
    public void loadFailed(Object key, Throwable cause, long nanos) {
        loadFailures.increment();
        loadNanos.add(nanos);
        tell(new CacheEvent.LoadFailed(cache, key, cause));
    }

    @Override
    public void loadDropped(Object key) {
        loadsDropped.increment();
        tell(new CacheEvent.LoadDropped(cache, key));
    }

    @Override
    public void storeFailed(Object key, RuntimeException cause) {
        errors.increment();
        tell(new CacheEvent.StoreFailed(cache, key, cause));
    }

    @Override
    public void readFailed(Object key, RuntimeException cause) {
        errors.increment();
        tell(new CacheEvent.ReadFailed(cache, key, cause));
    }

    @Override
    public void undecodable(Object key, RuntimeException cause) {
        errors.increment();
        tell(new CacheEvent.Undecodable(cache, key, cause));
    }

    @Override
    public void watchRefused(String address, RuntimeException cause) {
        tell(new CacheEvent.WatchRefused(cache, address, cause));
    }

    @Override
    public void breakerOpened(String address, RuntimeException cause) {
        tell(new CacheEvent.BreakerOpened(cache, address, cause));
    }

    @Override
    public void recoveryFailed(String address, RuntimeException cause) {
        errors.increment();
        tell(new CacheEvent.RecoveryFailed(cache, address, cause));
    }

    @Override
    public void breakerClosed(String address) {
        tell(new CacheEvent.BreakerClosed(cache, address));
    }

    private void tell(CacheEvent event) {
        for (CacheListener listener : listeners) {
            try {
                listener.on(event);
            } catch (RuntimeException | Error dropped) {
                // A listener must not break the cache, and there is nobody else to tell.
            }
        }
    }
}
