package io.larder.testkit.trials;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** What {@link Traffic} found out. Thread-safe. */
public final class Findings {

    private static final int KEPT_MAX = 20;

    private final LongAdder calls = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder reads = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder undone = new LongAdder();
    private final AtomicLong wrong = new AtomicLong();
    private final AtomicReference<Longest> longest = new AtomicReference<>(new Longest("none", 0));
    private final ConcurrentLinkedQueue<String> wrongs = new ConcurrentLinkedQueue<>();
    private final Map<String, Long> messages = new TreeMap<>();

    /** A call and how long it took. */
    public record Longest(String call, double millis) {}

    void called(String call, double millis) {
        calls.increment();
        if (millis > longest().millis()) {
            longest.accumulateAndGet(
                    new Longest(call, millis), (one, other) -> one.millis() < other.millis() ? other : one);
        }
    }

    void wrote() {
        writes.increment();
    }

    /** A read of an entry, which found it if it should be there. */
    void read(boolean isAsPut) {
        reads.increment();
        if (!isAsPut) {
            misses.increment();
        }
    }

    void failed(String message) {
        failures.increment();
        synchronized (messages) {
            if (messages.size() < KEPT_MAX || messages.containsKey(message)) {
                messages.merge(message, 1L, Long::sum);
            }
        }
    }

    /** A value that cannot be: never written, of another key, or written twice. */
    void wrong(String what) {
        if (wrong.incrementAndGet() <= KEPT_MAX) {
            wrongs.add(what);
        }
    }

    /** Writes that were acknowledged and are gone. */
    void lost(long count) {
        lost.add(count);
    }

    /** Invalidations that were acknowledged, after which an older value was shown. */
    void undone(String what) {
        undone.increment();
        if (wrongs.size() < KEPT_MAX) {
            wrongs.add("undone: " + what);
        }
    }

    /** Returns how many calls there were. */
    public long calls() {
        return calls.sum();
    }

    /** Returns how many writes were acknowledged. */
    public long writes() {
        return writes.sum();
    }

    /** Returns how many calls failed. */
    public long failures() {
        return failures.sum();
    }

    /** Returns how many reads of entries there were. */
    public long reads() {
        return reads.sum();
    }

    /** Returns how many of them found nothing where something had been put. */
    public long misses() {
        return misses.sum();
    }

    /** Returns how many acknowledged writes were gone at the end. */
    public long lost() {
        return lost.sum();
    }

    /** Returns how often something older than what was acknowledged was shown. */
    public long undone() {
        return undone.sum();
    }

    /** Returns how many values were shown that cannot be. */
    public long wrongs() {
        return wrong.get();
    }

    /** Returns the call that took longest. */
    public Longest longest() {
        return Objects.requireNonNull(longest.get());
    }

    /** Returns the figures, and examples of what should not have been. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                "%d calls, %d writes acknowledged, %d failures, %d wrong, %d lost, %d undone, longest call %.0f ms (%s)",
                calls(),
                writes(),
                failures(),
                wrongs(),
                lost(),
                undone(),
                longest().millis(),
                longest().call()));
        wrongs.forEach(each -> text.append("\n  ").append(each));
        synchronized (messages) {
            messages.forEach((message, count) ->
                    text.append("\n  ").append(count).append(" x ").append(message));
        }
        return text.toString();
    }
}
