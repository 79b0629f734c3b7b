package io.larder.disk;

import static io.larder.disk.Script.KEYS;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.codec.DecimalCodec;
import io.larder.disk.Script.Step;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What has to be in the cache of one thread after so many steps of its {@link Script}. Confined to one thread. */
final class Book {

    private static final DecimalCodec NUMBERS = new DecimalCodec();

    private final long seed;
    private final String name;
    private final @Nullable Step[] puts = new Step[KEYS];
    private long steps;
    private long count;

    Book(long seed, String name) {
        this.seed = seed;
        this.name = name;
    }

    static Cache<String, byte[]> cache(Larder larder, String name) {
        return larder.cache(name, String.class, byte[].class).build();
    }

    static Cache<String, Long> counters(Larder larder, String name) {
        return larder.cache(name + " counts", String.class, Long.class)
                .codec(NUMBERS)
                .build();
    }

    String name() {
        return name;
    }

    /** Returns how many steps are done. */
    long steps() {
        return steps;
    }

    Step next() {
        return Step.of(seed, steps);
    }

    /** Enters the next step. */
    void done() {
        Step step = next();
        steps++;
        switch (step.kind()) {
            case PUT -> puts[step.target()] = step;
            case REMOVE -> puts[step.target()] = null;
            case COUNT -> count++;
            case INVALIDATE -> {
                for (int key = 0; key < KEYS; key++) {
                    Step put = puts[key];
                    puts[key] = put != null && put.tag() == step.tag() ? null : put;
                }
            }
            case CLEAR -> Arrays.fill(puts, null);
        }
    }

    /** Returns what is otherwise in the cache than in this book, or null. */
    @Nullable
    String difference(Larder larder) {
        Cache<String, byte[]> cache = cache(larder, name);
        for (int key = 0; key < KEYS; key++) {
            String difference = difference(cache, key);
            if (difference != null) {
                return difference;
            }
        }
        Long counted = counters(larder, name).get("n");
        return (counted == null ? 0 : counted) == count
                ? null
                : name + " counted " + counted + ", expected " + count + " after step " + steps;
    }

    @Nullable
    String difference(Cache<String, byte[]> cache, int key) {
        Step put = puts[key];
        byte[] found = cache.get(Script.key(key));
        if (put == null ? found == null : Arrays.equals(found, put.value())) {
            return null;
        }
        return name + " has " + (found == null ? "nothing" : found.length + " bytes") + " under key " + key
                + ", expected " + (put == null ? "nothing" : "those of step " + put.number()) + " after step " + steps;
    }
}
