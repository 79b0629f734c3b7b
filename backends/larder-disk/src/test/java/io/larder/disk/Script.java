package io.larder.disk;

import io.larder.Cache;
import io.larder.EntryOptions;
import java.util.Random;

/**
 * One random call after the other, on a cache that is one thread's own. Confined to that thread.
 *
 * <p>What a step does depends on seed and number alone, so that whoever knows how far it came knows what must be there.
 */
final class Script {

    static final int KEYS = 40;
    private static final int TAGS = 4;
    private static final int LARGE_BYTES = 90_000;

    enum Kind {
        PUT,
        REMOVE,
        COUNT,
        INVALIDATE,
        CLEAR
    }

    /** A call: on a key, on a tag, or on all. */
    record Step(long seed, long number, Kind kind, int target, int tag, int sizeBytes) {

        static Step of(long seed, long number) {
            Random random = new Random(seed * 1_000_003 + number);
            random.nextInt();
            int dice = random.nextInt(1_000);
            int key = random.nextInt(KEYS);
            int tag = random.nextInt(TAGS);
            int sizeBytes = random.nextInt(12) == 0 ? LARGE_BYTES : random.nextInt(3_000);
            Kind kind = dice < 700
                    ? Kind.PUT
                    : dice < 850 ? Kind.REMOVE : dice < 970 ? Kind.COUNT : dice < 998 ? Kind.INVALIDATE : Kind.CLEAR;
            return new Step(seed, number, kind, key, tag, sizeBytes);
        }

        /** Returns the value that a put stores, which tells key and step. */
        byte[] value() {
            byte[] value = new byte[sizeBytes + 16];
            new Random((seed * 1_000_003 + number) * KEYS + target).nextBytes(value);
            return value;
        }

        void run(Cache<String, byte[]> cache, Cache<String, Long> counters) {
            switch (kind) {
                case PUT -> cache.put(key(target), value(), EntryOptions.tagged(tagName(tag)));
                case REMOVE -> cache.remove(key(target));
                case COUNT -> counters.counters().add("n", 1);
                case INVALIDATE -> cache.invalidateTag(tagName(tag));
                case CLEAR -> cache.clear();
            }
        }
    }

    private Script() {}

    static String key(int number) {
        return "../key/" + number;
    }

    private static String tagName(int number) {
        return "tag " + number;
    }
}
