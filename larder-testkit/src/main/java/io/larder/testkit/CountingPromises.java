package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.spi.Capability;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Counters are entries that hold a signed integer of 64 bits. */
abstract class CountingPromises<V> extends Promises<V> {

    private static final Duration TTL = Duration.ofSeconds(1);

    CountingPromises(BackendContract<V> contract) {
        super(contract, Capability.STORAGE, Capability.COUNTERS);
    }

    @Test
    void addsToWhatIsThere() {
        assertThat(backend.add("a", 5)).isEqualTo(5);
        assertThat(backend.add("a", -7)).isEqualTo(-2);
        assertThat(backend.add("a", 0)).isEqualTo(-2);
        assertThat(backend.get("a")).isEqualTo("-2");
    }

    @Test
    void startsAtTheInitialValueWithItsTimeAndTags() {
        contract.needs(Capability.TAGS);

        assertThat(backend.add("a", 5, backend.initial(100, TTL, "x"))).isEqualTo(105);

        assertThat(backend.entriesByTag("x")).isEqualTo(Map.of("a", "105"));
        contract.clock().advance(TTL);
        assertThat(backend.find("a")).isNull();
        assertThat(backend.add("a", 1, backend.initial(0, TTL))).isEqualTo(1);
    }

    @Test
    void addingLeavesTimeAndTagsAsTheyAre() {
        contract.needs(Capability.TAGS);
        backend.add("a", 1, backend.initial(0, TTL, "x"));

        backend.add("a", 1, backend.initial(50, TTL.multipliedBy(9), "y"));

        Entry<V> found = backend.existing("a");
        assertThat(found.tags()).containsExactly("x");
        assertThat(backend.text(found)).isEqualTo("2");
        contract.clock().advance(TTL);
        assertThat(backend.find("a")).isNull();
    }

    @Test
    void aStaleCounterStartsAgain() {
        backend.put("a", new Entry<>(contract.values.numbers().encode(41L), backend.lifetime(TTL, TTL), Set.of()));
        assertThat(backend.add("a", 1)).isEqualTo(42);
        contract.clock().advance(TTL);

        assertThat(backend.add("a", 1)).isEqualTo(1);
    }

    @Test
    void beyond64BitsIsAnErrorAndChangesNothing() {
        backend.add("max", Long.MAX_VALUE);
        backend.add("min", Long.MIN_VALUE);

        assertThatThrownBy(() -> backend.add("max", 1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> backend.add("min", -1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> backend.add("new", 1, backend.initial(Long.MAX_VALUE, TTL)))
                .isInstanceOf(ArithmeticException.class);

        assertThat(backend.get("max")).isEqualTo(Long.toString(Long.MAX_VALUE));
        assertThat(backend.get("min")).isEqualTo(Long.toString(Long.MIN_VALUE));
        assertThat(backend.find("new")).isNull();
        assertThat(backend.add("max", Long.MIN_VALUE)).isEqualTo(-1);
    }

    @Test
    void whatIsNoIntegerIsAnErrorAndStays() {
        backend.put("text", "abc");
        backend.put("nothing", Caller.NOTHING);

        for (String key : new String[] {"text", "nothing"}) {
            assertThatThrownBy(() -> backend.add(key, 1))
                    .isInstanceOf(BackendException.class)
                    .matches(failure -> !((BackendException) failure).isTransient(), "will not pass by itself");
        }

        assertThat(backend.get("text")).isEqualTo("abc");
        assertThat(backend.get("nothing")).isEqualTo(Caller.NOTHING);
    }

    @Test
    void aNumberThatWasPutCanBeCounted() {
        backend.put(
                "a",
                new Entry<>(
                        contract.values.numbers().encode(41L), backend.entry("").lifetime(), Set.of()));

        assertThat(backend.add("a", 1)).isEqualTo(42);
    }

    @Test
    void aCounterIsAnEntryLikeAnyOther() {
        backend.add("a", 1);

        assertThat(backend.putIfAbsent("a", backend.entry("other"))).isFalse();
        assertThat(backend.expire("a", TTL)).isTrue();
        assertThat(backend.remove("a")).isTrue();
        assertThat(backend.add("a", 1)).isEqualTo(1);
    }

    @Test
    void anAddThatFailsLeavesTheLease() {
        backend.put("a", backend.entry("abc", backend.lifetime(TTL, TTL)));
        contract.clock().advance(TTL);
        Lease<V> lease = backend.lease("a", "t1");

        assertThatThrownBy(() -> backend.add("a", 1, backend.initial(Long.MAX_VALUE, TTL)))
                .isInstanceOf(ArithmeticException.class);

        assertThat(backend.putLeased("a", backend.entry("loaded"), lease)).isTrue();
    }
}
