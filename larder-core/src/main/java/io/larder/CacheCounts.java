package io.larder;

import io.larder.layer.CallEvents;
import io.larder.layer.OutageEvents;
import io.larder.layer.TagTally;
import io.larder.load.LoadEvents;
import io.larder.spi.BackendInfo;
import io.larder.tier.TierEvents;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens in one cache, and tells its listeners what nobody was told by an exception. Thread-safe. */
final class CacheCounts implements OutageEvents, LoadEvents, TierEvents, CallEvents {

    private final String cache;
    private final List<CacheListener> listeners;
    private final Observers observers;
    private final boolean published;
    private final HitCount hits = new HitCount();
    private final LongAdder staleHits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final LongAdder removals = new LongAdder();
    private final LongAdder loads = new LongAdder();
    private final LongAdder loadFailures = new LongAdder();
    private final LongAdder loadsDropped = new LongAdder();
    private final TimeCounts loadTimes = new TimeCounts();
    private final TimeCounts callTimes = new TimeCounts();
    private final Map<ErrorKind, LongAdder> errors = new EnumMap<>(ErrorKind.class);
    private final Map<Integer, LongAdder> farReads = new ConcurrentHashMap<>();
    private final TagTally tags;

    /**
     * Makes those of {@code cache}; {@code published} says whether others read them, who want to know how long calls take, and
     * {@code tags} counts by tag.
     */
    CacheCounts(String cache, List<CacheListener> listeners, Observers observers, boolean published, TagTally tags) {
        this.cache = cache;
        this.tags = tags;
        this.listeners = List.copyOf(listeners);
        this.observers = observers;
        this.published = published;
        for (ErrorKind kind : ErrorKind.values()) {
            errors.put(kind, new LongAdder());
        }
    }

    CacheStats stats(BackendInfo backend) {
        Map<ErrorKind, Long> byKind = new EnumMap<>(ErrorKind.class);
        errors.forEach((kind, count) -> byKind.put(kind, count.sum()));
        Map<Integer, Long> byTier = new TreeMap<>();
        farReads.forEach((tier, count) -> byTier.put(tier, count.sum()));
        return new CacheStats(
                hits.sum(),
                staleHits.sum(),
                misses.sum(),
                puts.sum(),
                removals.sum(),
                loads.sum(),
                loadFailures.sum(),
                loadsDropped.sum(),
                loadTimes.summary(),
                callTimes.summary(),
                byKind,
                byTier,
                tags.counts(),
                backend);
    }

    /** Returns whether calls of a backend outside this process are to be told and timed, for which a layer has to be put on. */
    boolean observesCalls() {
        return published || !observers.observers().isEmpty();
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
    public Observation loadBegins(Object key) {
        return observers.begin(new CacheWork.Load(cache, key));
    }

    @Override
    public Observation callBegins(String address, String operation, Object key) {
        return observers.begin(new CacheWork.Call(cache, address, operation, key));
    }

    @Override
    public void callEnded(long nanos) {
        callTimes.add(nanos);
    }

    /** A call failed, and its caller is told. */
    void callFailed(RuntimeException failure) {
        if (failure instanceof BackendException) {
            count(ErrorKind.CALL);
        }
    }

    @Override
    public void loaded(int values, long nanos) {
        loads.add(values);
        loadTimes.add(nanos);
    }

    @Override
    public void loadFailed(Object key, Throwable cause, long nanos) {
        loadFailures.increment();
        loadTimes.add(nanos);
        tell(new CacheEvent.LoadFailed(cache, key, cause));
    }

    @Override
    public void loadDropped(Object key) {
        loadsDropped.increment();
        tell(new CacheEvent.LoadDropped(cache, key));
    }

    @Override
    public void storeFailed(Object key, RuntimeException cause) {
        count(ErrorKind.STORE);
        tell(new CacheEvent.StoreFailed(cache, key, cause));
    }

    @Override
    public void readFailed(Object key, RuntimeException cause) {
        count(ErrorKind.READ);
        tell(new CacheEvent.ReadFailed(cache, key, cause));
    }

    @Override
    public void undecodable(Object key, RuntimeException cause) {
        count(ErrorKind.DECODE);
        tell(new CacheEvent.Undecodable(cache, key, cause));
    }

    @Override
    public void farRead(int tier, int keys) {
        farReads.computeIfAbsent(tier, absent -> new LongAdder()).add(keys);
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
        count(ErrorKind.RECOVERY);
        tell(new CacheEvent.RecoveryFailed(cache, address, cause));
    }

    @Override
    public void breakerClosed(String address) {
        tell(new CacheEvent.BreakerClosed(cache, address));
    }

    private void count(ErrorKind kind) {
        Objects.requireNonNull(errors.get(kind)).increment();
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
