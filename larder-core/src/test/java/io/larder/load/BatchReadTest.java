package io.larder.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.LoadException;
import io.larder.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loads many keys through {@code none:}, so that every read is a miss. */
@Timeout(60)
class BatchReadTest {

    private final Larder larder = Larder.open("none:");
    private final Cache<String, String> cache =
            larder.cache("users", String.class, String.class).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger loads = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        larder.close();
    }

    @Test
    void loadsInOneCallAndKeepsTheCallersOrder() {
        Map<String, String> values = cache.getAll(List.of("c", "a", "b", "a"), keys -> {
            loads.incrementAndGet();
            assertThat(keys).containsExactly("c", "a", "b");
            return Map.of("a", "1", "b", "2", "unasked", "3");
        });

        assertThat(values).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
        assertThat(loads).hasValue(1);
    }

    @Test
    void givesItsLeasesBackWhenTheLoaderFails() {
        assertThatThrownBy(() -> cache.getAll(Set.of("a", "b"), keys -> {
                    throw new NoClassDefFoundError("gone");
                }))
                .isInstanceOf(LoadException.class)
                .hasMessage("Cannot load 2 keys of cache 'users': java.lang.NoClassDefFoundError: gone");

        assertThat(cache.get("a", key -> "value")).isEqualTo("value");
    }

    @Test
    void thoseThatOverlapNeverWaitForEachOther() throws Exception {
        Seed seed = new Seed();
        Random random = seed.random();
        for (int round = 0; round < 300; round++) {
            List<Future<Map<String, String>>> answers = new ArrayList<>();
            List<List<String>> asked = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                List<String> keys = new ArrayList<>(List.of("a", "b", "c", "d", "e"));
                Collections.shuffle(keys, random);
                asked.add(keys.subList(0, 3));
            }
            for (List<String> keys : asked) {
                answers.add(threads.submit(() -> cache.getAll(keys, this::values)));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get())
                        .as("round %d, %s", round, seed)
                        .isEqualTo(values(Set.copyOf(asked.get(i))));
            }
        }
    }

    private Map<String, String> values(Set<String> keys) {
        Map<String, String> values = new HashMap<>();
        keys.forEach(key -> values.put(key, "value of " + key));
        return values;
    }
}
