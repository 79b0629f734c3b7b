package io.larder.testkit.faults;

import io.larder.AsyncCache;
import io.larder.EntryOptions;
import io.larder.testkit.history.Event;
import io.larder.testkit.history.Event.Kind;
import io.larder.testkit.history.Keyspace;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes one random call after the other, and writes down what it is told. Confined to the simulation. */
final class SimulatedCaller {

    static final Keyspace KEYS = new Keyspace(6, 3, 2);

    private static final int PAUSE_MILLIS_MAX = 20;
    private static final int LOAD_MILLIS_MAX = 30;
    private static final double LOADS_FAILING = 0.1;

    private final Simulation simulation;
    private final AsyncCache<String, String> cache;
    private final List<Event> events;
    private final long untilMillis;
    private long calls;
    private boolean waiting;

    /** Makes one that adds to {@code events} until a time of the simulation. */
    SimulatedCaller(Simulation simulation, AsyncCache<String, String> cache, List<Event> events, long untilMillis) {
        this.simulation = simulation;
        this.cache = cache;
        this.events = events;
        this.untilMillis = untilMillis;
    }

    long calls() {
        return calls;
    }

    /** Returns whether a call has not been answered. */
    boolean isWaiting() {
        return waiting;
    }

    void start() {
        simulation.in(simulation.draw(PAUSE_MILLIS_MAX), this::call);
    }

    private void call() {
        if (simulation.nowMillis() >= untilMillis) {
            return;
        }
        calls++;
        int key = simulation.draw(KEYS.keys());
        int other = (key + 1) % KEYS.keys();
        String name = KEYS.key(key);
        switch (simulation.draw(20)) {
            case 0, 1, 2 -> ask(cache.get(name), reading(key));
            case 3, 4, 5, 6, 7 -> load(key, name);
            case 8 -> ask(cache.getAll(names(key, other)), readingAll(key, other));
            case 9 -> loadAll(key, other);
            case 10, 11 ->
                write(key, (value, options) -> cache.put(name, value, options).thenApply(done -> true));
            case 12 -> write(key, (value, options) -> cache.putIfAbsent(name, value, options));
            case 13 -> write(key, (value, options) -> cache.replace(name, value, options));
            case 14 -> writeAll(key, other);
            case 15 -> change(Kind.REMOVE, key, cache.remove(name));
            case 16 -> change(Kind.REMOVE, key, cache.expire(name, Duration.ZERO));
            case 17 -> change(Kind.INVALIDATE_TAG, KEYS.tagOf(key), cache.invalidateTag(tag(key)));
            case 18 ->
                change(Kind.REMOVE_SLICE, KEYS.sliceOf(key), cache.removeMatching(KEYS.pattern(KEYS.sliceOf(key))));
            default -> {
                if (simulation.happens(0.2)) {
                    change(Kind.CLEAR, 0, cache.clear());
                } else {
                    ask(cache.find(name), (begin, entry) -> read(key, entry == null ? null : entry.value(), begin));
                }
            }
        }
    }

    private interface Answered<T extends @Nullable Object> {
        void with(long begin, T answer);
    }

    private <T extends @Nullable Object> void ask(CompletableFuture<T> answer, Answered<T> then) {
        ask(answer, then, begin -> {});
    }

    /** The calls that {@code answer} is of have begun on this thread, but nothing has happened since. */
    private <T extends @Nullable Object> void ask(
            CompletableFuture<T> answer, Answered<T> then, Consumer<Long> failed) {
        long begin = simulation.order();
        waiting = true;
        var unused = answer.whenComplete((value, failure) -> {
            waiting = false;
            if (failure == null) {
                then.with(begin, value);
            } else {
                failed.accept(begin);
            }
            start();
        });
    }

    private Answered<@Nullable String> reading(int key) {
        return (begin, value) -> read(key, value, begin);
    }

    private Answered<Map<String, @Nullable String>> readingAll(int key, int other) {
        return (begin, values) -> {
            read(key, values.get(KEYS.key(key)), begin);
            read(other, values.get(KEYS.key(other)), begin);
        };
    }

    private void read(int key, @Nullable String value, long begin) {
        if (value == null) {
            events.add(new Event(Kind.MISS, key, 0, begin, simulation.order()));
        } else {
            events.add(new Event(Kind.READ, key, Long.parseLong(value), begin, simulation.order()));
        }
    }

    private void load(int key, String name) {
        boolean tagged = simulation.happens(0.5);
        ask(cache.get(name, missing -> load(key, tagged), options(key, tagged)), reading(key));
    }

    /** The outcome of what is stored is known to the cache alone. */
    private CompletableFuture<String> load(int key, boolean tagged) {
        String value = loaded(key, tagged);
        CompletableFuture<String> load = new CompletableFuture<>();
        simulation.in(simulation.draw(LOAD_MILLIS_MAX), () -> {
            if (simulation.happens(LOADS_FAILING)) {
                load.completeExceptionally(new IllegalStateException("no database"));
            } else {
                load.complete(value);
            }
        });
        return load;
    }

    private String loaded(int key, boolean tagged) {
        long value = newValue(tagged);
        events.add(new Event(Kind.LOAD, key, value, simulation.order(), Event.UNKNOWN));
        return Long.toString(value);
    }

    private void loadAll(int key, int other) {
        ask(
                cache.getAll(names(key, other), missing -> {
                    Map<String, String> values = new LinkedHashMap<>();
                    for (int each : List.of(key, other)) {
                        if (missing.contains(KEYS.key(each))) {
                            values.put(KEYS.key(each), loaded(each, false));
                        }
                    }
                    return values;
                }),
                readingAll(key, other));
    }

    private void write(int key, BiFunction<String, EntryOptions, CompletableFuture<Boolean>> writing) {
        boolean tagged = simulation.happens(0.5);
        long value = newValue(tagged);
        ask(
                writing.apply(Long.toString(value), options(key, tagged)),
                (begin, stored) -> {
                    if (stored) {
                        events.add(new Event(Kind.WRITE, key, value, begin, simulation.order()));
                    }
                },
                begin -> events.add(new Event(Kind.WRITE, key, value, begin, Event.UNKNOWN)));
    }

    private void writeAll(int key, int other) {
        Map<Integer, Long> values = new LinkedHashMap<>();
        values.put(key, newValue(false));
        values.put(other, newValue(false));
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((each, value) -> texts.put(KEYS.key(each), Long.toString(value)));
        ask(
                cache.putAll(texts),
                (begin, done) -> {
                    long end = simulation.order();
                    values.forEach((each, value) -> events.add(new Event(Kind.WRITE, each, value, begin, end)));
                },
                begin -> values.forEach(
                        (each, value) -> events.add(new Event(Kind.WRITE, each, value, begin, Event.UNKNOWN))));
    }

    private void change(Kind kind, int subject, CompletableFuture<?> answer) {
        ask(
                answer,
                (begin, done) -> events.add(new Event(kind, subject, 0, begin, simulation.order())),
                begin -> events.add(new Event(kind, subject, 0, begin, Event.UNKNOWN)));
    }

    /** Every number of the order is drawn once, so it serves as a value too. */
    private long newValue(boolean tagged) {
        return 2 * simulation.order() + (tagged ? 1 : 0);
    }

    private static List<String> names(int key, int other) {
        return List.of(KEYS.key(key), KEYS.key(other));
    }

    private static String tag(int key) {
        return KEYS.tag(KEYS.tagOf(key));
    }

    private static EntryOptions options(int key, boolean tagged) {
        return tagged ? EntryOptions.tagged(tag(key)) : EntryOptions.DEFAULT;
    }
}
