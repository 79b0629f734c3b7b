package io.larder.redis;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** What {@link Traffic} found out. Thread-safe. */
final class Findings {

    private static final int KEPT_MAX = 20;

    private final LongAdder calls = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder undone = new LongAdder();
    private final AtomicLong wrong = new AtomicLong();
    private final AtomicReference<Longest> longest = new AtomicReference<>(new Longest("none", 0));
    private final ConcurrentLinkedQueue<String> wrongs = new ConcurrentLinkedQueue<>();
    private final Map<String, Long> messages = new TreeMap<>();

    /** A call and how long it took. */
    record Longest(String call, double millis) {}

    void called(String call, double millis) {
        calls.increment();
        if (millis > longest.get().millis()) {
            longest.accumulateAndGet(
                    new Longest(call, millis), (one, other) -> one.millis() < other.millis() ? other : one);
        }
    }

    void wrote() {
        writes.increment();
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

    long calls() {
        return calls.sum();
    }

    long writes() {
        return writes.sum();
    }

    long failures() {
        return failures.sum();
    }

    long lost() {
        return lost.sum();
    }

    long undone() {
        return undone.sum();
    }

    long wrongs() {
        return wrong.get();
    }

    Longest longest() {
        return longest.get();
    }

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
