package io.larder.jcache;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import javax.cache.management.CacheStatisticsMXBean;

/** What JCache counts of one cache, while it is switched on. Thread-safe. */
final class Statistics implements CacheStatisticsMXBean {

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final LongAdder removals = new LongAdder();
    private final LongAdder getNanos = new LongAdder();
    private final LongAdder putNanos = new LongAdder();
    private final LongAdder removeNanos = new LongAdder();
    private final LongSupplier evictions;
    private volatile long evictionsBefore;
    private volatile boolean enabled;

    Statistics(LongSupplier evictions) {
        this.evictions = evictions;
    }

    void enable(boolean enabled) {
        this.enabled = enabled;
    }

    /** Returns when a call begins, for the methods below. */
    long begin() {
        return enabled ? CallClock.nanos() : 0;
    }

    void gets(long found, long missed, long begin) {
        if (enabled) {
            hits.add(found);
            misses.add(missed);
            getNanos.add(since(begin));
        }
    }

    void puts(long count, long begin) {
        if (enabled) {
            puts.add(count);
            putNanos.add(since(begin));
        }
    }

    void removals(long count, long begin) {
        if (enabled) {
            removals.add(count);
            removeNanos.add(since(begin));
        }
    }

    /** Zero for a call that began while nobody counted. */
    private static long since(long begin) {
        return begin == 0 ? 0 : CallClock.nanos() - begin;
    }

    @Override
    public void clear() {
        evictionsBefore = evictions.getAsLong();
        for (LongAdder counter : new LongAdder[] {hits, misses, puts, removals, getNanos, putNanos, removeNanos}) {
            counter.reset();
        }
    }

    @Override
    public long getCacheHits() {
        return hits.sum();
    }

    @Override
    public float getCacheHitPercentage() {
        return percentage(getCacheHits());
    }

    @Override
    public long getCacheMisses() {
        return misses.sum();
    }

    @Override
    public float getCacheMissPercentage() {
        return percentage(getCacheMisses());
    }

    private float percentage(long part) {
        long gets = getCacheGets();
        return gets == 0 ? 0 : 100f * (float) part / (float) gets;
    }

    @Override
    public long getCacheGets() {
        return getCacheHits() + getCacheMisses();
    }

    @Override
    public long getCachePuts() {
        return puts.sum();
    }

    @Override
    public long getCacheRemovals() {
        return removals.sum();
    }

    @Override
    public long getCacheEvictions() {
        return Math.max(0, evictions.getAsLong() - evictionsBefore);
    }

    @Override
    public float getAverageGetTime() {
        return averageMicros(getNanos.sum(), getCacheGets());
    }

    @Override
    public float getAveragePutTime() {
        return averageMicros(putNanos.sum(), getCachePuts());
    }

    @Override
    public float getAverageRemoveTime() {
        return averageMicros(removeNanos.sum(), getCacheRemovals());
    }

    private static float averageMicros(long nanos, long count) {
        return count == 0 ? 0 : (float) nanos / (float) TimeUnit.MICROSECONDS.toNanos(1) / (float) count;
    }
}
