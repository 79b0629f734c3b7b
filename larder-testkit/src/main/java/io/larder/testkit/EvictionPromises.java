package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.spi.Backend;
import io.larder.spi.Capability;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.Lookup;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A backend that is full forgets entries, and nothing else. */
abstract class EvictionPromises<V> extends Promises<V> {

    static final int KEYS = 400;

    private static final int CALLS = 1_500;
    private static final String PADDING = "#".repeat(8_000);

    private final long seed = Seed.next();
    /** What a load of each key brings now; a key is changed by the one thread that owns it. */
    private final AtomicLongArray versions = new AtomicLongArray(KEYS);
    /** The oldest version of each key that a read which begins now may return. */
    private final AtomicLongArray versionsDue = new AtomicLongArray(KEYS);

    private Caller<V> small;
    private boolean tags;

    EvictionPromises(BackendContract<V> contract) {
        super(contract, Capability.STORAGE);
    }

    @BeforeEach
    void openSmall() {
        Backend<String, V> opened = contract.openSmall();
        small = contract.caller(opened);
        tags = opened.capabilities().contains(Capability.TAGS);
    }

    @Test
    void noEvictionBringsAnotherValueOrAnOldOneBack() throws Exception {
        Race.run(Race.THREADS, number -> {
            Random random = new Random(seed + number);
            for (int i = 0; i < CALLS; i++) {
                int any = random.nextInt(KEYS);
                if (random.nextInt(3) == 0) {
                    change(any - any % Race.THREADS + number, random.nextInt(tags ? 4 : 3));
                } else {
                    load(any, number + "-" + i);
                }
            }
        });

        assertThat(leftOfAll()).as("entries that there is room for").isLessThan(KEYS);
    }

    /** Puts an entry under every key, and returns how many of them are there after that. */
    private int leftOfAll() {
        for (int key = 0; key < KEYS; key++) {
            small.put(name(key), entry(key, versions.get(key)));
        }
        int left = 0;
        for (int key = 0; key < KEYS; key++) {
            left += small.get(name(key)) == null ? 0 : 1;
        }
        return left;
    }

    private void change(int key, int how) {
        long version = versions.incrementAndGet(key);
        switch (how) {
            case 0 -> small.remove(name(key));
            case 1 -> small.put(name(key), entry(key, version));
            case 2 -> small.removeAll(List.of(name(key)));
            default -> small.invalidateTag(name(key));
        }
        versionsDue.set(key, version);
        String text = small.get(name(key));
        if (text != null) {
            check(text, key, version);
        }
    }

    private void load(int key, String token) {
        long due = versionsDue.get(key);
        Lookup<V> found = small.lookup(name(key), token);
        if (found instanceof Entry<V> entry) {
            check(small.text(entry), key, due);
        } else if (found instanceof Lease<V> lease && lease.token().equals(token)) {
            small.putLeased(name(key), entry(key, versions.get(key)), lease);
        }
    }

    private Entry<V> entry(int key, long version) {
        String text = name(key) + " " + version + " " + PADDING;
        return tags ? small.entry(text, name(key)) : small.entry(text);
    }

    private void check(String text, int key, long due) {
        String[] parts = text.split(" ", 3);
        assertThat(parts[0]).as("whose value it is, %s", Seed.replay(seed)).isEqualTo(name(key));
        assertThat(Long.parseLong(parts[1]))
                .as("version of '%s', %s", name(key), Seed.replay(seed))
                .isGreaterThanOrEqualTo(due);
    }

    private static String name(int key) {
        return "key-" + key;
    }
}
