package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.spi.Capability;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Entries end when their deadline passes, to the millisecond. */
abstract class TimePromises<V> extends Promises<V> {

    private static final Duration TTL = Duration.ofMillis(1_500);
    private static final Duration STALE_FOR = Duration.ofSeconds(10);

    TimePromises(BackendContract<V> contract) {
        super(contract, Capability.STORAGE);
    }

    private void pass(Duration duration) {
        contract.clock().advance(duration);
    }

    @Test
    void anEntryEndsAtItsDeadlineAndNotBefore() {
        backend.put("a", backend.entry("1", TTL));

        pass(TTL.minusMillis(1));
        assertThat(backend.get("a")).isEqualTo("1");
        pass(Duration.ofMillis(1));
        assertThat(backend.find("a")).isNull();
        assertThat(backend.getAll("a")).isEmpty();
    }

    @Test
    void veryLongTimesAreKept() {
        backend.put("month", backend.entry("1", Duration.ofDays(31)));
        backend.put("century", backend.entry("2", Duration.ofDays(36_525)));
        backend.put("never", "3");

        pass(Duration.ofDays(30).plusHours(23));
        assertThat(backend.getAll("month", "century", "never")).hasSize(3);
        pass(Duration.ofHours(1));
        assertThat(backend.getAll("month", "century", "never")).containsOnlyKeys("century", "never");
        pass(Duration.ofDays(40_000));
        assertThat(backend.getAll("month", "century", "never")).containsOnlyKeys("never");
    }

    @Test
    void anEntryWhoseTimeIsOverIsNotKeptAndReplacesWhatWasThere() {
        backend.put("a", "1");

        backend.put("a", backend.entry("2", Duration.ZERO));

        assertThat(backend.find("a")).isNull();
    }

    @Test
    void anExpiredEntryIsAbsentEverywhere() {
        backend.put("a", backend.entry("1", TTL));
        pass(TTL);

        assertThat(backend.remove("a")).isFalse();
        assertThat(backend.removeAll(List.of("a"))).isZero();
        assertThat(backend.expire("a", Duration.ofDays(1))).isFalse();
        assertThat(backend.replace("a", backend.entry("2"))).isFalse();
        assertThat(backend.putIfAbsent("a", backend.entry("3"))).isTrue();
        assertThat(backend.get("a")).isEqualTo("3");
    }

    @Test
    void anExpiredEntryIsInNoListing() {
        contract.needs(Capability.LISTING);
        contract.needs(Capability.TAGS);
        backend.put("a", backend.entry("1", TTL, "x"));
        backend.put("b", "2", "x");
        pass(TTL);

        assertThat(backend.keys("*")).containsExactly("b");
        assertThat(backend.entries("*")).isEqualTo(Map.of("b", "2"));
        assertThat(backend.entriesByTag("x")).isEqualTo(Map.of("b", "2"));
        assertThat(backend.invalidateTag("x")).isEqualTo(1);
        assertThat(backend.removeMatching("*")).isZero();
    }

    @Test
    void expireGivesAnEntryNewDeadlines() {
        backend.put("a", backend.entry("1", TTL));

        assertThat(backend.expire("a", TTL.multipliedBy(2))).isTrue();
        pass(TTL);
        assertThat(backend.get("a")).isEqualTo("1");
        pass(TTL);
        assertThat(backend.find("a")).isNull();
        assertThat(backend.expire("a", TTL)).isFalse();
    }

    @Test
    void expireCanShortenAndCanEndTheEnd() {
        backend.put("a", "1");
        backend.put("b", backend.entry("2", TTL));

        assertThat(backend.expire("a", Duration.ofMillis(1))).isTrue();
        assertThat(backend.expire("b", Lifetime.endless(0))).isTrue();
        pass(TTL);

        assertThat(backend.getAll("a", "b")).isEqualTo(Map.of("b", "2"));
    }

    @Test
    void expireKeepsValueTagsAndWhenTheEntryWasCreated() {
        contract.needs(Capability.TAGS);
        Entry<V> put = backend.entry("1", TTL, "x");
        backend.put("a", put);
        pass(Duration.ofMillis(10));

        backend.expire("a", Duration.ofDays(1));

        Entry<V> found = backend.existing("a");
        assertThat(backend.text(found)).isEqualTo("1");
        assertThat(found.tags()).containsExactly("x");
        assertThat(found.lifetime().createdMillis()).isEqualTo(put.lifetime().createdMillis());
        assertThat(backend.entriesByTag("x")).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void expireWithATimeThatIsOverRemoves() {
        backend.put("a", "1");

        assertThat(backend.expire("a", Duration.ZERO)).isTrue();
        assertThat(backend.find("a")).isNull();
        assertThat(backend.expire("a", Duration.ZERO)).isFalse();
    }

    @Test
    void aStaleEntryIsReadUntilItIsGone() {
        backend.put("a", backend.entry("1", backend.lifetime(TTL, STALE_FOR)));

        pass(TTL);
        assertThat(backend.find("a")).isNotNull().matches(entry -> !entry.isFresh(contract.clock()));
        assertThat(backend.getAll("a")).isEqualTo(Map.of("a", "1"));
        pass(STALE_FOR.minusMillis(1));
        assertThat(backend.get("a")).isEqualTo("1");
        pass(Duration.ofMillis(1));
        assertThat(backend.find("a")).isNull();
    }

    @Test
    void aStaleEntryCountsAsAbsentForEverythingElse() {
        backend.put("a", backend.entry("1", backend.lifetime(TTL, STALE_FOR)));
        pass(TTL);

        assertThat(backend.expire("a", Duration.ofDays(1))).isFalse();
        assertThat(backend.replace("a", backend.entry("2"))).isFalse();
        assertThat(backend.get("a")).isEqualTo("1");
        assertThat(backend.putIfAbsent("a", backend.entry("3"))).isTrue();
        assertThat(backend.get("a")).isEqualTo("3");
    }

    @Test
    void aStaleEntryIsInNoListing() {
        contract.needs(Capability.LISTING);
        contract.needs(Capability.TAGS);
        backend.put("a", backend.entry("1", backend.lifetime(TTL, STALE_FOR), "x"));
        pass(TTL);

        assertThat(backend.keys("*")).isEmpty();
        assertThat(backend.entries("*")).isEmpty();
        assertThat(backend.entriesByTag("x")).isEmpty();
    }

    @Test
    void aStaleEntryDoesNotOutliveAnInvalidation() {
        contract.needs(Capability.LISTING);
        contract.needs(Capability.TAGS);
        for (String key : List.of("removed", "removed with others", "tagged", "matching", "expired")) {
            backend.put(key, backend.entry("1", backend.lifetime(TTL, STALE_FOR), key));
        }
        pass(TTL);

        assertThat(backend.remove("removed")).isFalse();
        assertThat(backend.removeAll(List.of("removed with others"))).isZero();
        assertThat(backend.invalidateTag("tagged")).isZero();
        assertThat(backend.removeMatching("match*")).isZero();
        assertThat(backend.expire("expired", Duration.ZERO)).isFalse();

        assertThat(backend.getAll("removed", "removed with others", "tagged", "matching", "expired"))
                .isEmpty();
    }
}
