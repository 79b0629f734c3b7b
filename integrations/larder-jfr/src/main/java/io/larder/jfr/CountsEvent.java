package io.larder.jfr;

import io.larder.Cache;
import io.larder.CacheStats;
import io.larder.spi.BackendInfo;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** What a cache has counted since it was opened. */
@Name("io.larder.Counts")
@Label("Counts")
@Category("Larder")
@Period("10 s")
@StackTrace(false)
final class CountsEvent extends Event {

    @Label("Cache")
    final String cache;

    @Label("Hits")
    final long hits;

    @Label("Stale Hits")
    final long staleHits;

    @Label("Misses")
    final long misses;

    @Label("Puts")
    final long puts;

    @Label("Removals")
    final long removals;

    @Label("Loads")
    final long loads;

    @Label("Failed Loads")
    final long loadFailures;

    @Label("Load Time")
    @Timespan(Timespan.NANOSECONDS)
    final long loadNanos;

    @Label("Errors")
    final long errors;

    @Label("Entries")
    @Description("-1 where that is not known without asking")
    final long entries;

    @Label("Evictions")
    @Description("-1 where that is not known without asking")
    final long evictions;

    @Label("Weight")
    @DataAmount
    @Description("-1 where that is not known without asking")
    final long weightBytes;

    private CountsEvent(String cache, CacheStats counts) {
        BackendInfo backend = counts.backend();
        this.cache = cache;
        this.hits = counts.hits();
        this.staleHits = counts.staleHits();
        this.misses = counts.misses();
        this.puts = counts.puts();
        this.removals = counts.removals();
        this.loads = counts.loads();
        this.loadFailures = counts.loadFailures();
        this.loadNanos = counts.loadTime().toNanos();
        this.errors = counts.errors();
        this.entries = backend.entries();
        this.evictions = backend.evictions();
        this.weightBytes = backend.weightBytes();
    }

    static void commit(Cache<?, ?> cache) {
        new CountsEvent(cache.scope().toString(), cache.counts()).commit();
    }
}
