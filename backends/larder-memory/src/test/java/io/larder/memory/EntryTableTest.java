package io.larder.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryTableTest {

    private static final Lifetime FOREVER = new Lifetime(0, Lifetime.NEVER, Lifetime.NEVER);

    private final long seed = Long.getLong("larder.seed", System.nanoTime());
    private final EntryTable<Object, Integer> table = new EntryTable<>();

    /** One of many keys with few hashes. */
    private record Alike(int number) {
        @Override
        public int hashCode() {
            return number % 5;
        }
    }

    @Test
    void answersAsAMapDoes() {
        Random random = new Random(seed);
        Map<Object, Integer> expected = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            Object key = random.nextBoolean() ? new Alike(random.nextInt(50)) : random.nextInt(5_000);
            Integer value = random.nextInt(3) == 0 ? null : i;

            assertThat(valueOf(table.get(key))).as("seed %d", seed).isEqualTo(expected.get(key));
            put(key, value);

            expected.compute(key, (same, old) -> value);
        }

        assertThat(table.stream().collect(Collectors.toMap(held -> held.key, Entry::value)))
                .as("seed %d", seed)
                .isEqualTo(expected);
        assertThat(table.size()).isEqualTo(expected.size());
    }

    @Test
    void readersSeeEachKeysChangesInOrderWhileTheTableGrows() throws Exception {
        int lasting = 1_000;
        int rounds = 60;
        for (int key = 0; key < lasting; key++) {
            put(key, 0);
        }
        Callable<Void> changes = () -> {
            for (int round = 1; round <= rounds; round++) {
                for (int key = 0; key < lasting; key++) {
                    put(key, round);
                    put(lasting * round + key, round);
                }
            }
            return null;
        };
        Callable<Void> comings = () -> {
            Random random = new Random(seed);
            for (int i = 0; i < 2 * lasting * rounds; i++) {
                put(new Alike(random.nextInt(40)), random.nextBoolean() ? i : null);
                put(-1 - random.nextInt(10_000), random.nextInt(3) == 0 ? null : i);
            }
            return null;
        };
        Callable<Void> reads = () -> {
            int[] seen = new int[lasting];
            while (seen[lasting - 1] < rounds) {
                for (int key = 0; key < lasting; key++) {
                    Integer value = valueOf(table.get(key));
                    assertThat(value)
                            .as("key %d, seed %d", key, seed)
                            .isNotNull()
                            .isGreaterThanOrEqualTo(seen[key]);
                    seen[key] = value;
                }
            }
            return null;
        };

        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (Future<Void> run : threads.invokeAll(List.of(reads, reads, changes, comings))) {
                run.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(IntStream.range(0, lasting * (rounds + 1)).allMatch(key -> table.get(key) != null))
                .isTrue();
    }

    @Test
    void aStepThatFailsChangesNothing() {
        put("key", 1);

        assertThatThrownBy(() -> table.compute("key", (key, held) -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(valueOf(table.get("key"))).isEqualTo(1);
        assertThat(table.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(ints = 2)
    void aStepThatChangesTheTableIsRefused(@Nullable Integer value) {
        put("key", 1);

        assertThatThrownBy(() -> table.compute("key", (key, held) -> {
                    put("key", value);
                    return null;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("weigher");

        assertThat(valueOf(table.get("key"))).isEqualTo(value);
        assertThat(table.size()).isEqualTo(value == null ? 0 : 1);
    }

    /** Somebody who chooses keys could make every call walk through all of them. */
    @Test
    void keysOfOneHashGiveUpSomeWhoeverPutsThem() {
        try (Larder larder = Larder.open("memory:?max=10k")) {
            Cache<String, String> cache =
                    larder.cache("crowded", String.class, String.class).build();
            List<String> keys = IntStream.range(0, 1 << 12)
                    .mapToObj(EntryTableTest::ofTheSameHash)
                    .toList();

            keys.parallelStream().forEach(key -> cache.put(key, key));

            assertThat(keys.stream().mapToInt(String::hashCode).distinct()).hasSize(1);
            assertThat(cache.stats().backend().entries()).isEqualTo(EntryTable.CHAIN_MAX);
            assertThat(cache.stats().backend().evictions()).isEqualTo(keys.size() - EntryTable.CHAIN_MAX);
            assertThat(cache.getAll(keys))
                    .hasSize(EntryTable.CHAIN_MAX)
                    .allSatisfy((key, value) -> assertThat(value).isEqualTo(key));
        }
    }

    private static String ofTheSameHash(int number) {
        return Integer.toBinaryString(1 << 12 | number).replace("0", "Aa").replace("1", "BB");
    }

    private void put(Object key, @Nullable Integer value) {
        table.compute(
                key,
                (same, held) ->
                        value == null ? null : new HeldEntry<>(same, new Entry<>(value, FOREVER, Set.of()), 1, 0));
    }

    private static @Nullable Integer valueOf(@Nullable HeldEntry<?, Integer> entry) {
        return entry == null ? null : entry.value();
    }
}
