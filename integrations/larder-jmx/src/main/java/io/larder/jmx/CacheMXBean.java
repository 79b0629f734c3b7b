package io.larder.jmx;

import java.util.Map;

/** What one cache has counted in this process, and its off switch; named as JMX wants it. */
public interface CacheMXBean {

    /** Returns where the entries are, as a URL without secrets. */
    String getAddress();

    /** Returns what else is known of the backend, such as the state of its breaker. */
    Map<String, String> getDetails();

    /** Returns the number of entries, -1 where that is not known without asking. */
    long getEntries();

    /** Returns how many entries were given up for want of room, -1 where that is not known without asking. */
    long getEvictions();

    /** Returns what the entries take, -1 where that is not known without asking. */
    long getWeightBytes();

    /** Returns the number of reads answered from the cache. */
    long getHits();

    /** Returns the number of hits whose answer was stale. */
    long getStaleHits();

    /** Returns the number of reads that found nothing to answer with. */
    long getMisses();

    /** Returns the share of reads that were hits, 0 when there were none. */
    double getHitRatio();

    /** Returns the number of entries written by callers. */
    long getPuts();

    /** Returns the number of entries removed or invalidated by callers. */
    long getRemovals();

    /** Returns the number of values that loaders brought. */
    long getLoads();

    /** Returns the number of loaders that failed. */
    long getLoadFailures();

    /** Returns the number of loaded values that were not stored. */
    long getLoadsDropped();

    /** Returns how long loaders took on average, 0 when there was none. */
    double getLoadMillisMean();

    /** Returns how long 99 of 100 loads took at most. */
    double getLoadMillis99();

    /** Returns how long the longest load took. */
    double getLoadMillisMax();

    /** Returns the number of errors by their kind. */
    Map<String, Long> getErrors();

    /** Returns how many keys a tier after the nearest was asked for, by its number; empty where there is one tier. */
    Map<Integer, Long> getFarReadsByTier();

    /** Returns whether the cache is on. */
    boolean isEnabled();

    /** Switches the cache off or on, as {@link io.larder.Cache#disable} says. */
    void setEnabled(boolean enabled);

    /** Removes every entry of this cache; blocks. */
    void clear();
}
