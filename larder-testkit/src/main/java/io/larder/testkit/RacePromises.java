package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.spi.Capability;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.Lookup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds for one caller holds for eight at once. */
abstract class RacePromises<V> extends Promises<V> {

    private static final int ROUNDS = 200;
    private static final int SPINS_MAX = 200;
    private static final List<String> TAGS = List.of("x", "y", "z");

    private final long seed = Seed.next();

    RacePromises(BackendContract<V> contract) {
        super(contract, Capability.STORAGE);
    }

    @Test
    void concurrentAddsLoseNothing() throws Exception {
        contract.needs(Capability.COUNTERS);

        Race.run(Race.THREADS, number -> {
            for (int i = 0; i < ROUNDS; i++) {
                backend.add("a", 1);
                backend.add("b", number);
            }
        });

        assertThat(backend.get("a")).isEqualTo(Integer.toString(Race.THREADS * ROUNDS));
        assertThat(backend.get("b")).isEqualTo(Integer.toString(28 * ROUNDS));
    }

    @Test
    void onePutIfAbsentOfManySucceeds() throws Exception {
        AtomicInteger stored = new AtomicInteger();

        Race.run(Race.THREADS, number -> {
            for (int i = 0; i < ROUNDS; i++) {
                stored.addAndGet(backend.putIfAbsent("key-" + i, backend.entry("of " + number)) ? 1 : 0);
            }
        });

        assertThat(stored).hasValue(ROUNDS);
    }

    @Test
    void oneRemoveOfManySaysThatThereWasAnEntry() throws Exception {
        AtomicInteger removed = new AtomicInteger();
        for (int i = 0; i < ROUNDS; i++) {
            backend.put("key-" + i, "1");
        }

        Race.run(Race.THREADS, number -> {
            for (int i = 0; i < ROUNDS; i++) {
                removed.addAndGet(backend.remove("key-" + i) ? 1 : 0);
            }
        });

        assertThat(removed).hasValue(ROUNDS);
    }

    @Test
    void oneLeaseIsGrantedAmongMany() throws Exception {
        Map<String, Set<String>> tokensShown = new ConcurrentHashMap<>();

        Race.run(Race.THREADS, number -> {
            for (int i = 0; i < ROUNDS; i++) {
                String token = backend.leaseShown("key-" + i, "of " + number).token();
                tokensShown
                        .computeIfAbsent("key-" + i, first -> ConcurrentHashMap.newKeySet())
                        .add(token);
            }
        });

        assertThat(tokensShown)
                .hasSize(ROUNDS)
                .allSatisfy((key, tokens) -> assertThat(tokens).hasSize(1));
    }

    @Test
    void removeIsNeverUndoneByALoad() throws Exception {
        loadsAgainst(key -> backend.remove(key), null);
    }

    @Test
    void removeAllIsNeverUndoneByALoad() throws Exception {
        loadsAgainst(key -> backend.removeAll(List.of(key)), null);
    }

    @Test
    void putIsNeverUndoneByALoad() throws Exception {
        loadsAgainst(key -> backend.put(key, "new"), "new");
    }

    @Test
    void putAllIsNeverUndoneByALoad() throws Exception {
        loadsAgainst(key -> backend.putAll(Map.of(key, backend.entry("new"))), "new");
    }

    @Test
    void putIfAbsentIsNeverUndoneByALoad() throws Exception {
        loadsAgainst(
                backend.entry("old", tags()), key -> backend.putIfAbsent(key, backend.entry("new")) ? "new" : "old");
    }

    @Test
    void addIsNeverUndoneByALoad() throws Exception {
        contract.needs(Capability.COUNTERS);
        V hundred = contract.values.numbers().encode(100L);

        loadsAgainst(backend.entry("").withValue(hundred), key -> Long.toString(backend.add(key, 5)));
    }

    @Test
    void invalidateTagIsNeverUndoneByALoad() throws Exception {
        contract.needs(Capability.TAGS);

        loadsAgainst(key -> backend.invalidateTag("x"), null);
    }

    @Test
    void removeMatchingIsNeverUndoneByALoad() throws Exception {
        contract.needs(Capability.LISTING);

        loadsAgainst(key -> backend.removeMatching("key-*"), null);
    }

    @Test
    void clearIsNeverUndoneByALoad() throws Exception {
        loadsAgainst(key -> backend.clear(), null);
    }

    private String[] tags() {
        return contract.backend().capabilities().contains(Capability.TAGS) ? new String[] {"x"} : new String[0];
    }

    private void loadsAgainst(Consumer<String> change, @Nullable String expected) throws Exception {
        loadsAgainst(backend.entry("old", tags()), key -> {
            change.accept(key);
            return expected;
        });
    }

    /**
     * Half of the threads store {@code loaded} under leases while the other half make a change, which returns what there has to be from
     * then on; each pair has a key of its own.
     */
    private void loadsAgainst(Entry<V> loaded, Function<String, @Nullable String> change) throws Exception {
        CyclicBarrier[] pairs = new CyclicBarrier[Race.THREADS / 2];
        AtomicReferenceArray<@Nullable String> expected = new AtomicReferenceArray<>(pairs.length);
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = new CyclicBarrier(2);
        }

        Race.run(Race.THREADS, number -> {
            CyclicBarrier pair = pairs[number / 2];
            String key = "key-" + number / 2;
            Random random = new Random(seed + number);
            for (int round = 0; round < ROUNDS; round++) {
                Lookup<V> found = number % 2 == 0 ? backend.lookup(key, number + "-" + round) : null;
                pair.await(20, TimeUnit.SECONDS);
                spin(random.nextInt(SPINS_MAX));
                if (found instanceof Lease<V> lease) {
                    backend.putLeased(key, loaded, lease);
                } else if (found == null) {
                    String due = change.apply(key);
                    assertThat(backend.get(key))
                            .as("value in round %d, %s", round, Seed.replay(seed))
                            .isEqualTo(due);
                    expected.set(number / 2, due);
                }
                pair.await(20, TimeUnit.SECONDS);
                if (number % 2 == 0) {
                    assertThat(backend.get(key))
                            .as("value after round %d, %s", round, Seed.replay(seed))
                            .isEqualTo(expected.get(number / 2));
                    backend.remove(key);
                }
            }
        });
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }

    @Test
    void tagsAgreeWithEntriesInTheEnd() throws Exception {
        contract.needs(Capability.TAGS);
        contract.needs(Capability.LISTING);

        Race.run(Race.THREADS, number -> {
            Random random = new Random(seed + number);
            for (int i = 0; i < 2 * ROUNDS; i++) {
                changeSomething(random, number + "-" + i);
            }
        });

        for (String tag : TAGS) {
            Map<String, String> carriers = new TreeMap<>();
            backend.allEntries().forEach(keyed -> {
                if (keyed.entry().tags().contains(tag)) {
                    carriers.put(keyed.key(), backend.text(keyed.entry()));
                }
            });
            assertThat(backend.entriesByTag(tag))
                    .as("entries with tag '%s', %s", tag, Seed.replay(seed))
                    .isEqualTo(carriers);
            assertThat(backend.invalidateTag(tag)).isEqualTo(carriers.size());
        }
        assertThat(backend.allEntries()).allMatch(keyed -> keyed.entry().tags().isEmpty());
    }

    private void changeSomething(Random random, String unique) {
        String key = "key-" + random.nextInt(6);
        String[] tags = TAGS.stream().filter(tag -> random.nextBoolean()).toArray(String[]::new);
        Entry<V> entry = backend.entry(unique, tags);
        switch (random.nextInt(8)) {
            case 0, 1 -> backend.put(key, entry);
            case 2 -> backend.putAll(Map.of(key, entry, "key-both", entry));
            case 3 -> backend.remove(key);
            case 4 -> backend.invalidateTag(TAGS.get(random.nextInt(TAGS.size())));
            case 5 -> backend.removeMatching(random.nextBoolean() ? key : "key-[3-9b]*");
            case 6 -> backend.expire(key, Duration.ofDays(random.nextInt(2)));
            default -> {
                if (backend.lookup(key, unique) instanceof Lease<V> lease) {
                    backend.putLeased(key, entry, lease);
                }
            }
        }
    }
}
