package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.CacheBuilder;
import io.larder.CacheEntry;
import io.larder.EntryOptions;
import io.larder.Handover;
import io.larder.Larder;
import io.larder.spi.Capability;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cache goes to the backend under test, and away from it, while it is in use. */
abstract class CacheHandoverPromises extends CachePromises {

    private static final String NAME = "handed-over";
    private static final int KEYS = 24;
    private static final int WRITERS = 3;
    private static final int READERS = 3;
    private static final int ROUNDS = 3;
    private static final int CALLS_BETWEEN = 200;
    /** One of them is a clear, which leaves nothing to copy. */
    private static final int CHANGES = 40;

    private static final Map<String, String> FILLER =
            IntStream.range(0, 300).boxed().collect(Collectors.toMap(number -> "filler-" + number, number -> "value"));

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private @Nullable Larder opened;
    private Larder larder;
    private Cache<String, String> moved;

    CacheHandoverPromises(CacheContract contract) {
        super(contract, Capability.STORAGE, Capability.TAGS, Capability.LISTING, Capability.COUNTERS);
    }

    @BeforeEach
    void openElsewhere() {
        larder = Larder.builder(ElsewhereProvider.URL)
                .provider(new ElsewhereProvider(contract.provider()))
                .clock(contract.clock)
                .build();
        opened = larder;
        CacheBuilder<String, String> builder = CacheContract.texts(larder, NAME);
        moved = contract.view.cache(builder.build());
    }

    @AfterEach
    void closeElsewhere() {
        callers.shutdownNow();
        if (opened != null) {
            opened.close();
        }
    }

    private void go(Handover how) {
        larder.switchBackend(NAME, contract.url(), how);
    }

    private void goBack(Handover how) {
        larder.switchBackend(NAME, ElsewhereProvider.URL, how);
    }

    @Test
    void goesColdToAnEmptyOne() {
        moved.put("a", "1");

        go(Handover.COLD);

        assertThat(moved.get("a")).isNull();
        moved.put("a", "2");
        assertThat(moved.get("a")).isEqualTo("2");
    }

    @Test
    void copiesValuesWithTtlAndTags() {
        moved.put("a", "1", EntryOptions.ttl(TTL).tags("x", "y"));
        moved.put("b", "2", EntryOptions.ttl(TTL).staleFor(TTL));
        moved.put("nothing", null);

        go(Handover.COPY);

        CacheEntry<String, String> entry = existing(moved, "a");
        assertThat(entry.value()).isEqualTo("1");
        assertThat(entry.remaining()).isEqualTo(TTL);
        assertThat(entry.tags()).containsExactlyInAnyOrder("x", "y");
        assertThat(existing(moved, "nothing").isNothing()).isTrue();
        pass(TTL);
        assertThat(moved.find("a")).isNull();
        assertThat(existing(moved, "b").stale()).isTrue();
    }

    @Test
    void copiesManyAndBack() {
        for (int i = 0; i < 1_500; i++) {
            moved.put("key-" + i, "value " + i, EntryOptions.tagged("all"));
        }

        go(Handover.COPY);
        goBack(Handover.COPY);

        assertThat(moved.get("key-1499")).isEqualTo("value 1499");
        assertThat(moved.invalidateTag("all")).isEqualTo(1_500);
    }

    @Test
    void countsOnAfterACopy() {
        Cache<String, Long> counted = larder.cache("counts", String.class, Long.class)
                .codec(CacheContract.NUMBERS)
                .build();
        counted.counters().add("a", 5);

        larder.switchBackend("counts", contract.url(), Handover.COPY);

        assertThat(counted.counters().add("a", 2)).isEqualTo(7);
    }

    @Test
    void withBothInUseTheOldOneAnswersAndTheNewOneGetsWhatChanges() {
        moved.put("before", "1");

        go(Handover.DUAL);
        moved.put("meanwhile", "2");
        moved.get("loaded", key -> "3");

        assertThat(moved.get("before")).isEqualTo("1");
        go(Handover.COLD);
        assertThat(moved.get("before")).isNull();
        assertThat(moved.get("meanwhile")).isEqualTo("2");
        assertThat(moved.get("loaded")).isEqualTo("3");
    }

    @Test
    void withBothInUseACopyBringsTheRest() {
        moved.put("before", "1");
        go(Handover.DUAL);
        go(Handover.DUAL);
        moved.put("meanwhile", "2");

        go(Handover.COPY);

        assertThat(moved.get("before")).isEqualTo("1");
        assertThat(moved.get("meanwhile")).isEqualTo("2");
    }

    @Test
    void withBothInUseAnInvalidationReachesBoth() {
        go(Handover.DUAL);
        List.of("removed", "among many", "matched", "expired").forEach(key -> moved.put(key, "1"));
        moved.put("tagged", "1", EntryOptions.tagged("x"));
        moved.put("put", "1");

        moved.remove("removed");
        moved.removeAll(List.of("among many"));
        moved.removeMatching("match*");
        moved.expire("expired", Duration.ZERO);
        moved.invalidateTag("x");
        moved.put("put", "2");
        go(Handover.COLD);

        assertThat(moved.keys("*")).containsExactly("put");
        assertThat(moved.get("put")).isEqualTo("2");
    }

    @Test
    void whatTheNewOneHasFromBeforeIsRemoved() {
        go(Handover.DUAL);
        moved.put("a", "1");
        goBack(Handover.COLD);
        moved.put("a", "2");

        go(Handover.COLD);

        assertThat(moved.get("a")).isNull();
    }

    @Test
    void theOneInUseIsLeftAsItIs() {
        moved.put("a", "1");

        goBack(Handover.COLD);

        assertThat(moved.get("a")).isEqualTo("1");
    }

    @Test
    void aLoadAcrossItIsAnsweredAndNotStored() {
        HeldLoad load = new HeldLoad("old");
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> moved.get("a", load), callers);
        load.awaitBegin();

        go(Handover.COLD);
        moved.remove("a");
        load.goOn();

        assertThat(answer.join()).isEqualTo("old");
        assertThat(moved.get("a")).isNull();
        assertThat(moved.get("a", key -> "new")).isEqualTo("new");
    }

    /** One writer for each key counts it up at the source, and then has it removed or replaced. */
    @Test
    void noCallFailsAndNoInvalidationIsUndone() throws Exception {
        long seed = Seed.next();
        Handed handed = new Handed();

        Race.run(1 + WRITERS + READERS, number -> {
            Random random = new Random(seed + number);
            if (number == 0) {
                handed.handOver();
            } else if (number <= WRITERS) {
                handed.write(number - 1, random);
            } else {
                handed.read(random, Seed.replay(seed));
            }
        });
    }

    /** The source's values, each higher than the last, and how high a read must be. */
    private final class Handed {

        private final AtomicLongArray source = new AtomicLongArray(KEYS);
        private final AtomicLongArray least = new AtomicLongArray(KEYS);
        private final LongAdder calls = new LongAdder();
        private final AtomicBoolean over = new AtomicBoolean();

        void handOver() {
            try {
                for (int i = 0; i < ROUNDS; i++) {
                    awaitCalls();
                    moved.putAll(FILLER);
                    go(Handover.COPY);
                    awaitCalls();
                    goBack(Handover.COPY);
                    go(Handover.DUAL);
                    awaitCalls();
                    go(Handover.COLD);
                    awaitCalls();
                    goBack(Handover.COLD);
                }
            } finally {
                over.set(true);
            }
        }

        /** Lets the others call before the next step. */
        private void awaitCalls() {
            long enough = calls.sum() + CALLS_BETWEEN;
            while (calls.sum() < enough && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        }

        void write(int writer, Random random) {
            while (!over.get()) {
                calls.increment();
                int key = writer + WRITERS * random.nextInt(KEYS / WRITERS);
                long value = source.incrementAndGet(key);
                switch (random.nextInt(CHANGES)) {
                    case 0 -> moved.clear();
                    case 1, 2, 3, 4, 5 -> moved.invalidateTag("tag-" + key);
                    case 6, 7, 8 -> moved.removeMatching("key-" + key);
                    case 9, 10, 11, 12, 13 -> moved.remove("key-" + key);
                    default -> moved.put("key-" + key, "" + value, EntryOptions.tagged("tag-" + key));
                }
                least.set(key, value);
            }
        }

        void read(Random random, String replay) {
            while (!over.get()) {
                calls.increment();
                int key = random.nextInt(KEYS);
                long floor = least.get(key);
                String value = random.nextBoolean()
                        ? moved.get("key-" + key)
                        : moved.get("key-" + key, wanted -> "" + source.get(key), EntryOptions.tagged("tag-" + key));
                if (value != null) {
                    assertThat(Long.parseLong(value))
                            .as("key %s, %s", key, replay)
                            .isGreaterThanOrEqualTo(floor);
                }
            }
        }
    }
}
