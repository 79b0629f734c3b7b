package io.larder.load;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The loads of one cache that are under way in this process, by the token of their lease. Thread-safe. */
final class Flights<K, V> {

    private static final int KEY_SHOWN_MAX = 80;

    private final String cache;
    private final String process = UUID.randomUUID() + "-";
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong begun = new AtomicLong();
    private final ConcurrentHashMap<String, Flight<V>> byToken = new ConcurrentHashMap<>();

    Flights(String cache) {
        this.cache = cache;
    }

    /** Returns a new flight, which others can find before anybody is told its token. */
    Flight<V> open(K key) {
        Flight<V> flight = another(key);
        byToken.put(flight.token(), flight);
        return flight;
    }

    /** Returns a new flight, which nobody can find yet. */
    Flight<V> another(K key) {
        return new Flight<>(process + count.incrementAndGet(), () -> describe(key));
    }

    /** Returns a flight of many keys, which nobody can find. */
    Flight<V> hidden(int keys) {
        return new Flight<>("", () -> describeMany(keys));
    }

    @Nullable
    Flight<V> find(String token) {
        return byToken.get(token);
    }

    /** Returns the flight that stands in for one whose token is not known here, {@code own} unless there is one already. */
    Flight<V> standIn(String token, Flight<V> own) {
        Flight<V> first = byToken.putIfAbsent(token, own);
        return first == null ? own : first;
    }

    /** Returns whether {@code token} names a flight that was opened here, be it over or not. */
    boolean isOurs(String token) {
        return token.startsWith(process);
    }

    void close(String token, Flight<V> flight) {
        byToken.remove(token, flight);
    }

    /** Returns the number of the last load that has begun. */
    long begun() {
        return begun.get();
    }

    /** Notes that the loader of {@code flight} is called now. */
    void begin(Flight<V> flight) {
        flight.begin(begun.incrementAndGet());
    }

    String describeMany(int keys) {
        return keys + " keys of cache '" + cache + "'";
    }

    String describe(K key) {
        String text = String.valueOf(key);
        String shown = text.length() <= KEY_SHOWN_MAX ? text : text.substring(0, KEY_SHOWN_MAX) + "…";
        return "key '" + shown + "' of cache '" + cache + "'";
    }
}
