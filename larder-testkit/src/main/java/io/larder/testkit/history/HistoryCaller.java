package io.larder.testkit.history;

import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.testkit.history.Event.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One thread of a {@link HistoryTrial}, and what it was told. Confined to that thread, but for loaders that it waits for. */
final class HistoryCaller {

    private static final int KEYS_AT_ONCE = 4;
    /** Turns an even draw into one that is small most of the time: half of all keys drawn are of the first sixteenth. */
    private static final double SKEW = 4;
    /** Out of a million; what visits many keys is so rare that it does not take most of the time. */
    private static final int MILLION = 1_000_000;

    private static final int CLEAR = 4;
    private static final int REMOVE_SLICE = CLEAR + 10;
    private static final int INVALIDATE_TAG = REMOVE_SLICE + 2_000;

    private final HistoryTrial trial;
    private final Keyspace keyspace;
    private final Cache<String, String> cache;
    private final Marks marks;
    private final Random random;
    private final List<Event> events;

    HistoryCaller(HistoryTrial trial, Keyspace keyspace, Cache<String, String> cache, Marks marks, long seed) {
        this.trial = trial;
        this.keyspace = keyspace;
        this.cache = cache;
        this.marks = marks;
        this.random = new Random(seed);
        // Made in advance, so that threads do not stop each other by collecting garbage.
        this.events = new ArrayList<>(2 * trial.calls() / trial.threads());
    }

    List<Event> events() {
        return events;
    }

    void run(int calls) {
        for (int i = 0; i < calls; i++) {
            int drawn = random.nextInt(MILLION);
            if (drawn < CLEAR) {
                change(Kind.CLEAR, 0, cache::clear);
            } else if (drawn < REMOVE_SLICE && trial.patterns()) {
                int slice = random.nextInt(keyspace.slices());
                change(Kind.REMOVE_SLICE, slice, () -> cache.removeMatching(keyspace.pattern(slice)));
            } else if (drawn < INVALIDATE_TAG && trial.tags()) {
                int tag = keyspace.tagOf(key());
                change(Kind.INVALIDATE_TAG, tag, () -> cache.invalidateTag(keyspace.tag(tag)));
            } else {
                call(drawn % 100, key());
            }
        }
    }

    private void call(int drawn, int key) {
        String name = keyspace.key(key);
        if (drawn < 30) {
            long begin = now();
            read(key, cache.get(name), begin, now());
        } else if (drawn < 55) {
            load(key, name);
        } else if (drawn < 67) {
            write(key, (value, options) -> {
                cache.put(name, value, options);
                return true;
            });
        } else if (drawn < 72) {
            write(key, (value, options) -> cache.putIfAbsent(name, value, options));
        } else if (drawn < 77) {
            write(key, (value, options) -> cache.replace(name, value, options));
        } else if (drawn < 84) {
            change(Kind.REMOVE, key, () -> cache.remove(name));
        } else if (drawn < 88) {
            change(Kind.REMOVE, key, () -> cache.expire(name, Duration.ZERO));
        } else if (drawn < 90) {
            cache.expire(name, Duration.ofDays(1));
        } else if (drawn < 93) {
            Set<Integer> keys = keys(key);
            long begin = now();
            readAll(keys, cache.getAll(names(keys)), begin, now());
        } else if (drawn < 96) {
            loadAll(keys(key));
        } else if (drawn < 98) {
            writeAll(keys(key));
        } else {
            Set<Integer> keys = keys(key);
            long begin = now();
            cache.removeAll(names(keys));
            long end = now();
            keys.forEach(each -> add(Kind.REMOVE, each, 0, begin, end));
        }
    }

    private interface Writing {
        boolean store(String value, EntryOptions options);
    }

    private void write(int key, Writing writing) {
        boolean tagged = isTagged();
        long value = newValue(tagged);
        long begin = now();
        if (writing.store(text(value), options(key, tagged))) {
            add(Kind.WRITE, key, value, begin, now());
        }
    }

    private void change(Kind kind, int subject, Runnable call) {
        long begin = now();
        call.run();
        add(kind, subject, 0, begin, now());
    }

    private void load(int key, String name) {
        boolean tagged = isTagged();
        List<Event> loaded = new ArrayList<>(1);
        long begin = now();
        String found = random.nextBoolean()
                ? cache.get(name, missing -> load(key, tagged, loaded), options(key, tagged))
                : cache.get(name, EntryOptions.DEFAULT, (missing, context) -> {
                    String value = load(key, tagged, loaded);
                    context.options(options(key, tagged));
                    return value;
                });
        long end = now();
        read(key, found, begin, end);
        addLoaded(loaded, end);
    }

    private String load(int key, boolean tagged, List<Event> loaded) {
        long begin = now();
        long value = newValue(tagged);
        loaded.add(new Event(Kind.LOAD, key, value, begin, Event.UNKNOWN));
        return text(value);
    }

    private void addLoaded(List<Event> loaded, long end) {
        loaded.forEach(load -> add(Kind.LOAD, load.subject(), load.value(), load.begin(), end));
    }

    /** Untagged, for the tags of one call are those of all its keys. */
    private void loadAll(Set<Integer> keys) {
        List<Event> loaded = new ArrayList<>(keys.size());
        Map<String, Integer> numbers = new LinkedHashMap<>();
        keys.forEach(key -> numbers.put(keyspace.key(key), key));
        long begin = now();
        Map<String, @Nullable String> found = cache.getAll(numbers.keySet(), missing -> {
            Map<String, String> values = new LinkedHashMap<>();
            for (Map.Entry<String, Integer> named : numbers.entrySet()) {
                if (missing.contains(named.getKey())) {
                    values.put(named.getKey(), load(named.getValue(), false, loaded));
                }
            }
            return values;
        });
        long end = now();
        readAll(keys, found, begin, end);
        addLoaded(loaded, end);
    }

    private void writeAll(Set<Integer> keys) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<Integer, Long> written = new LinkedHashMap<>();
        for (int key : keys) {
            long value = newValue(false);
            written.put(key, value);
            values.put(keyspace.key(key), text(value));
        }
        long begin = now();
        cache.putAll(values);
        long end = now();
        written.forEach((key, value) -> add(Kind.WRITE, key, value, begin, end));
    }

    private void readAll(Set<Integer> keys, Map<String, @Nullable String> found, long begin, long end) {
        keys.forEach(key -> read(key, found.get(keyspace.key(key)), begin, end));
    }

    private void read(int key, @Nullable String found, long begin, long end) {
        if (found == null) {
            add(Kind.MISS, key, 0, begin, end);
        } else {
            add(Kind.READ, key, Long.parseLong(found), begin, end);
        }
    }

    private void add(Kind kind, int subject, long value, long begin, long end) {
        events.add(new Event(kind, subject, value, begin, end));
    }

    private int key() {
        return (int) (keyspace.keys() * Math.pow(random.nextDouble(), SKEW));
    }

    private Set<Integer> keys(int first) {
        Set<Integer> keys = new LinkedHashSet<>(Set.of(first));
        while (keys.size() < Math.min(KEYS_AT_ONCE, keyspace.keys())) {
            keys.add(key());
        }
        return keys;
    }

    private List<String> names(Set<Integer> keys) {
        return keys.stream().map(keyspace::key).toList();
    }

    private boolean isTagged() {
        return trial.tags() && random.nextBoolean();
    }

    private EntryOptions options(int key, boolean tagged) {
        return tagged ? EntryOptions.tagged(keyspace.tag(keyspace.tagOf(key))) : EntryOptions.DEFAULT;
    }

    private long newValue(boolean tagged) {
        return 2 * marks.values().getAsLong() + (tagged ? 1 : 0);
    }

    private static String text(long value) {
        return Long.toString(value);
    }

    private long now() {
        return marks.order().getAsLong();
    }
}
