package io.larder;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * How a cache is warmed, or refreshed. Immutable.
 *
 * <p>{@code WarmOptions.parallel(16).entries(EntryOptions.ttl(Duration.ofHours(1))).progress(bar::show)}. The listeners are called by one
 * thread at a time, after each key; what they throw ends the warming.
 *
 * @param parallelism how many keys are worked on at once, and held in memory; {@value #PARALLELISM_MAX} at most
 * @param overwrites whether fresh entries are replaced
 * @param entries how entries are kept
 * @param progress is told what became of the keys so far
 * @param failures is told each key that failed, and why
 */
public record WarmOptions(
        int parallelism,
        boolean overwrites,
        EntryOptions entries,
        Consumer<? super WarmReport> progress,
        BiConsumer<Object, ? super RuntimeException> failures) {

    /** The largest {@link #parallelism}. */
    public static final int PARALLELISM_MAX = 1_024;

    /** Eight keys at once, the cache's own settings, and what is fresh stays. */
    public static final WarmOptions DEFAULT =
            new WarmOptions(8, false, EntryOptions.DEFAULT, report -> {}, (key, failure) -> {});

    /** Refuses a parallelism of none, or of too many. */
    public WarmOptions {
        if (parallelism < 1 || parallelism > PARALLELISM_MAX) {
            throw new IllegalArgumentException(
                    "parallelism must be from 1 to " + PARALLELISM_MAX + ", was " + parallelism);
        }
    }

    /** Returns options with so many keys at once, and the cache's own settings. */
    public static WarmOptions parallel(int parallelism) {
        return new WarmOptions(parallelism, false, EntryOptions.DEFAULT, DEFAULT.progress, DEFAULT.failures);
    }

    /** Returns these options, by which fresh entries are replaced; what somebody else is loading is still left to them. */
    public WarmOptions overwriting() {
        return new WarmOptions(parallelism, true, entries, progress, failures);
    }

    /** Returns these options with another way to keep entries. */
    public WarmOptions entries(EntryOptions options) {
        return new WarmOptions(parallelism, overwrites, options, progress, failures);
    }

    /** Returns these options with a listener that is told what became of the keys so far. */
    public WarmOptions progress(Consumer<? super WarmReport> listener) {
        return new WarmOptions(parallelism, overwrites, entries, listener, failures);
    }

    /** Returns these options with a listener that is told each key that failed, and why. */
    public WarmOptions failures(BiConsumer<Object, ? super RuntimeException> listener) {
        return new WarmOptions(parallelism, overwrites, entries, progress, listener);
    }
}
