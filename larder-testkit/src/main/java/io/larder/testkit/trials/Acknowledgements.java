package io.larder.testkit.trials;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * When the writes of ever greater numbers were acknowledged, each by {@link StopClock#sharedNanos}. Thread-safe.
 */
final class Acknowledgements {

    private final Map<String, ConcurrentSkipListMap<Long, Long>> nanosByNumber = new ConcurrentHashMap<>();

    void add(String key, long number, long nanos) {
        nanosByNumber.computeIfAbsent(key, any -> new ConcurrentSkipListMap<>()).put(number, nanos);
    }

    /** Returns the greatest number that was acknowledged, or 0. */
    long last(String key) {
        ConcurrentSkipListMap<Long, Long> written = nanosByNumber.get(key);
        return written == null ? 0 : written.lastKey();
    }

    /** Returns for how long a read that was begun at {@code nanos} and shown {@code number} was behind, in milliseconds; 0 if it was not. */
    double millisBehind(String key, long number, long nanos) {
        ConcurrentSkipListMap<Long, Long> written = nanosByNumber.get(key);
        Map.Entry<Long, Long> next = written == null ? null : written.higherEntry(number);
        return next == null ? 0 : Math.max(0, nanos - next.getValue()) / 1e6;
    }
}
