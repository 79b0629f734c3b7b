package io.larder.jmx;

import io.larder.Cache;
import io.larder.CacheStats;
import io.larder.TimeSummary;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Answers for one cache. Thread-safe. */
record CacheBean(Cache<?, ?> cache) implements CacheMXBean {

    private static final double NANOS_PER_MILLI = 1e6;

    private CacheStats counts() {
        return cache.counts();
    }

    private TimeSummary loadTimes() {
        return counts().loadTimes();
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / NANOS_PER_MILLI;
    }

    @Override
    public String getAddress() {
        return counts().backend().address();
    }

    @Override
    public Map<String, String> getDetails() {
        return counts().backend().details();
    }

    @Override
    public long getEntries() {
        return counts().backend().entries();
    }

    @Override
    public long getEvictions() {
        return counts().backend().evictions();
    }

    @Override
    public long getWeightBytes() {
        return counts().backend().weightBytes();
    }

    @Override
    public long getHits() {
        return counts().hits();
    }

    @Override
    public long getStaleHits() {
        return counts().staleHits();
    }

    @Override
    public long getMisses() {
        return counts().misses();
    }

    @Override
    public double getHitRatio() {
        return counts().hitRatio();
    }

    @Override
    public long getPuts() {
        return counts().puts();
    }

    @Override
    public long getRemovals() {
        return counts().removals();
    }

    @Override
    public long getLoads() {
        return counts().loads();
    }

    @Override
    public long getLoadFailures() {
        return counts().loadFailures();
    }

    @Override
    public long getLoadsDropped() {
        return counts().loadsDropped();
    }

    @Override
    public double getLoadMillisMean() {
        TimeSummary times = loadTimes();
        return times.count() == 0 ? 0 : millis(times.total()) / times.count();
    }

    @Override
    public double getLoadMillis99() {
        return millis(loadTimes().percentile(0.99));
    }

    @Override
    public double getLoadMillisMax() {
        return millis(loadTimes().max());
    }

    @Override
    public Map<String, Long> getErrors() {
        Map<String, Long> byKind = new TreeMap<>();
        counts().errorsByKind().forEach((kind, count) -> byKind.put(kind.name().toLowerCase(Locale.ROOT), count));
        return byKind;
    }

    @Override
    public Map<Integer, Long> getFarReadsByTier() {
        return counts().farReadsByTier();
    }

    @Override
    public boolean isEnabled() {
        return cache.isEnabled();
    }

    @Override
    public void setEnabled(boolean enabled) {
        if (enabled) {
            cache.enable();
        } else {
            cache.disable();
        }
    }

    @Override
    public void clear() {
        cache.clear();
    }
}
