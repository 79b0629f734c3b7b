package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.CacheEntry;
import io.larder.EntryOptions;
import io.larder.spi.Capability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A ttl is kept to the millisecond, and what is unset comes from the cache. */
abstract class CacheTimePromises extends CachePromises {

    CacheTimePromises(CacheContract contract) {
        super(contract, Capability.STORAGE);
    }

    @Test
    void anEntryIsGoneWhenItsTtlHasPassedAndNotBefore() {
        cache.put("a", "1", EntryOptions.ttl(TTL));

        pass(TTL.minusMillis(1));
        assertThat(cache.get("a")).isEqualTo("1");
        pass(Duration.ofMillis(1));
        assertThat(cache.get("a")).isNull();
        assertThat(cache.find("a")).isNull();
        assertThat(cache.contains("a")).isFalse();
        assertThat(cache.getAll(List.of("a"))).isEmpty();
        assertThat(cache.remove("a")).isFalse();
        assertThat(cache.replace("a", "2")).isFalse();
        assertThat(cache.putIfAbsent("a", "3")).isTrue();
    }

    @Test
    void theCachesTtlHoldsWhereNoneIsGiven() {
        Cache<String, String> brief = contract.cache("brief", builder -> builder.ttl(TTL));
        brief.put("default", "1");
        brief.put("never", "2", EntryOptions.ttl(EntryOptions.NEVER));
        brief.put("longer", "3", EntryOptions.ttl(TTL.multipliedBy(2)));
        brief.get("loaded", key -> "4");

        pass(TTL);
        assertThat(brief.getAll(List.of("default", "never", "longer", "loaded")))
                .containsOnlyKeys("never", "longer");
        pass(TTL);
        assertThat(brief.getAll(List.of("never", "longer"))).containsOnlyKeys("never");
        pass(Duration.ofDays(40_000));
        assertThat(brief.get("never")).isEqualTo("2");
    }

    @Test
    void aTtlOfZeroMeansGoneNow() {
        cache.put("a", "1");

        cache.put("a", "2", EntryOptions.ttl(Duration.ZERO));

        assertThat(cache.find("a")).isNull();
        assertThat(cache.get("b", key -> "loaded", EntryOptions.ttl(Duration.ZERO)))
                .isEqualTo("loaded");
        assertThat(cache.contains("b")).isFalse();
    }

    @Test
    void lessThanAMillisecondIsNotZero() {
        cache.put("a", "1", EntryOptions.ttl(Duration.ofNanos(1)));

        assertThat(existing(cache, "a").remaining()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void longTtlsAreKeptAndHugeOnesMeanNever() {
        cache.put("month", "1", EntryOptions.ttl(Duration.ofDays(31)));
        cache.put("eon", "2", EntryOptions.ttl(Duration.ofSeconds(Long.MAX_VALUE - 1)));

        pass(Duration.ofDays(31).minusMillis(1));
        assertThat(cache.get("month")).isEqualTo("1");
        pass(Duration.ofDays(40_000));
        assertThat(cache.get("month")).isNull();
        assertThat(existing(cache, "eon").remaining()).isEqualTo(EntryOptions.NEVER);
    }

    @Test
    void expireTimesAnEntryAgainAndSaysWhetherThereWasOne() {
        cache.put("a", "1", EntryOptions.ttl(TTL));

        assertThat(cache.expire("a", TTL.multipliedBy(2))).isTrue();
        assertThat(cache.expire("missing", TTL)).isFalse();
        pass(TTL);
        assertThat(cache.get("a")).isEqualTo("1");
        assertThat(cache.expire("a", EntryOptions.NEVER)).isTrue();
        pass(Duration.ofDays(1_000));
        assertThat(cache.get("a")).isEqualTo("1");
        assertThat(cache.expire("a", Duration.ZERO)).isTrue();
        assertThat(cache.expire("a", TTL)).isFalse();
    }

    @Test
    void jitterSpreadsTheEndAndNeverMakesItLater() {
        Duration ttl = Duration.ofSeconds(1_000);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            String key = "key-" + i;
            keys.add(key);
            cache.put(key, "1", EntryOptions.ttl(ttl).jitter(0.5));
        }

        List<Duration> remaining =
                keys.stream().map(cache::find).map(CacheEntry::remaining).toList();

        assertThat(remaining).allSatisfy(left -> assertThat(left).isBetween(ttl.dividedBy(2), ttl));
        assertThat(remaining).anyMatch(left -> left.compareTo(Duration.ofMinutes(10)) < 0);
        assertThat(remaining).anyMatch(left -> left.compareTo(Duration.ofMinutes(15)) > 0);
        assertThat(remaining.stream().distinct().count()).isGreaterThan(1_000);
    }

    @Test
    void jitterLeavesNeverAndExpireAlone() {
        cache.put("never", "1", EntryOptions.ttl(EntryOptions.NEVER).jitter(1));
        Cache<String, String> spread = contract.cache("spread", builder -> builder.jitter(1));
        spread.put("a", "1");
        spread.expire("a", TTL);

        assertThat(existing(cache, "never").remaining()).isEqualTo(EntryOptions.NEVER);
        assertThat(existing(spread, "a").remaining()).isEqualTo(TTL);
    }

    @Test
    void aStaleEntryIsShownByFindAndByNothingElse() {
        cache.put("a", "1", EntryOptions.ttl(TTL).staleFor(TTL));
        pass(TTL);

        assertThat(cache.get("a")).isNull();
        assertThat(cache.contains("a")).isFalse();
        assertThat(cache.getAll(List.of("a"))).isEmpty();
        CacheEntry<String, String> found = existing(cache, "a");
        assertThat(found).matches(CacheEntry::stale);
        assertThat(found.value()).isEqualTo("1");
        assertThat(found.remaining()).isZero();
        assertThat(cache.putIfAbsent("b", "2")).isTrue();
        pass(TTL);
        assertThat(cache.find("a")).isNull();
    }

    @Test
    void aStaleEntryIsLoadedAnew() {
        cache.put("a", "old", EntryOptions.ttl(TTL).staleFor(TTL));
        cache.put("b", "old", EntryOptions.ttl(TTL).staleFor(TTL));
        pass(TTL);

        assertThat(cache.get("a", key -> "new")).isEqualTo("new");
        assertThat(cache.getAll(List.of("b"), keys -> Map.of("b", "new"))).isEqualTo(Map.of("b", "new"));
        assertThat(cache.get("a")).isEqualTo("new");
        assertThat(cache.get("b")).isEqualTo("new");
    }

    @Test
    void aPutNothingFallsBackToTheTtl() {
        Cache<String, String> brief = contract.cache("brief", builder -> builder.ttl(TTL));
        Cache<String, String> briefer =
                contract.cache("briefer", builder -> builder.ttl(TTL).missTtl(Duration.ofMillis(1)));
        brief.put("a", null);
        briefer.put("a", null);

        assertThat(existing(brief, "a").remaining()).isEqualTo(TTL);
        assertThat(existing(briefer, "a").remaining()).isEqualTo(Duration.ofMillis(1));
    }
}
