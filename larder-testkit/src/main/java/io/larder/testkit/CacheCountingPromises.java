package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.CacheEntry;
import io.larder.ConfigException;
import io.larder.Counters;
import io.larder.EntryOptions;
import io.larder.spi.Capability;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counters are entries that hold a {@code Long}. */
abstract class CacheCountingPromises extends CachePromises {

    private Cache<String, Long> numbers;
    private Counters<String> counters;

    CacheCountingPromises(CacheContract contract) {
        super(contract, Capability.STORAGE, Capability.COUNTERS);
    }

    @BeforeEach
    void openNumbers() {
        numbers = contract.view.cache(contract.numbers("numbers").build());
        counters = numbers.counters();
    }

    @Test
    void addsAndIsReadAsAnEntry() {
        assertThat(counters.increment("a")).isEqualTo(1);
        assertThat(counters.add("a", 41)).isEqualTo(42);
        assertThat(counters.add("a", -50)).isEqualTo(-8);
        assertThat(numbers.get("a")).isEqualTo(-8);
        numbers.put("a", 5L);
        assertThat(counters.increment("a")).isEqualTo(6);
    }

    @Test
    void aMissingCounterStartsAtItsInitialValueWithItsTtlAndTags() {
        contract.needs(Capability.TAGS);
        EntryOptions options = EntryOptions.ttl(TTL).tags("x");

        assertThat(counters.add("a", 1, 100, options)).isEqualTo(101);
        assertThat(counters.add("a", 1, 100, EntryOptions.DEFAULT)).isEqualTo(102);

        CacheEntry<String, Long> found = existing(numbers, "a");
        assertThat(found.remaining()).isEqualTo(TTL);
        assertThat(found.tags()).containsExactly("x");
        pass(TTL);
        assertThat(counters.add("a", 1, 100, options)).isEqualTo(101);
        assertThat(numbers.invalidateTag("x")).isEqualTo(1);
        assertThat(counters.increment("a")).isEqualTo(1);
    }

    @Test
    void overflowIsAnErrorAndChangesNothing() {
        counters.add("a", Long.MAX_VALUE);

        assertThatThrownBy(() -> counters.increment("a")).isInstanceOf(ArithmeticException.class);
        assertThat(numbers.get("a")).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void countsAllOfManyThreads() throws Exception {
        Race.run(Race.THREADS, number -> {
            for (int i = 0; i < 200; i++) {
                counters.increment("a");
            }
        });

        assertThat(numbers.get("a")).isEqualTo(200L * Race.THREADS);
    }

    @Test
    void aCachedNothingCannotBeCounted() {
        numbers.put("a", null);

        assertThatThrownBy(() -> counters.increment("a")).isInstanceOf(BackendException.class);
        assertThat(numbers.contains("a")).isTrue();
    }

    @Test
    void aCacheOfOtherValuesHasNoCounters() {
        assertThatThrownBy(() -> cache.counters())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Counters need values of type Long")
                .hasMessageContaining("'contract'")
                .hasMessageContaining("String");
    }
}
