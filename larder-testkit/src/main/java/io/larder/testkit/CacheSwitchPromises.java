package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.CacheBuilder;
import io.larder.EntryOptions;
import io.larder.spi.Capability;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A cache that is switched off keeps nothing, and shows nothing that is out of date when it is on again. */
abstract class CacheSwitchPromises extends CachePromises {

    CacheSwitchPromises(CacheContract contract) {
        super(contract);
    }

    @Test
    void whatIsOffFindsNothingAndStoresNothing() {
        cache.put("a", "1");
        cache.disable();

        cache.put("b", "2");
        cache.putAll(Map.of("c", "3"));
        assertThat(cache.putIfAbsent("d", "4")).isTrue();
        assertThat(cache.replace("a", "5")).isFalse();

        assertThat(cache.isEnabled()).isFalse();
        assertThat(cache.get("a")).isNull();
        assertThat(cache.find("a")).isNull();
        assertThat(cache.contains("a")).isFalse();
        assertThat(cache.getAll(List.of("a", "b", "c", "d"))).isEmpty();
        cache.enable();
        assertThat(cache.isEnabled()).isTrue();
        assertThat(cache.getAll(List.of("a", "b", "c", "d"))).isEmpty();
    }

    @Test
    void whatNobodyWroteIsThereAgainWhenItIsOn() {
        contract.needs(Capability.STORAGE);
        cache.put("a", "1");

        cache.disable();
        cache.get("a", key -> "loaded");
        cache.enable();

        assertThat(cache.get("a")).isEqualTo("1");
    }

    @Test
    void everyCallLoadsAndNothingIsStored() {
        cache.disable();

        assertThat(cache.get("a", key -> "1")).isEqualTo("1");
        assertThat(cache.get("a", key -> "2")).isEqualTo("2");
        assertThat(cache.get("a", EntryOptions.DEFAULT, (key, context) -> "3")).isEqualTo("3");
        assertThat(cache.getAll(List.of("a", "b"), keys -> Map.of("a", "4", "b", "5")))
                .isEqualTo(Map.of("a", "4", "b", "5"));

        cache.enable();
        assertThat(cache.getAll(List.of("a", "b"))).isEmpty();
        assertThat(cache.stats().errors()).isZero();
        assertThat(cache.stats().loadsDropped()).isEqualTo(5);
    }

    @Test
    void callersShareALoadWhileItIsOff() {
        cache.disable();
        HeldLoad first = new HeldLoad("1");
        HeldLoad second = new HeldLoad("2");
        CompletableFuture<@Nullable String> firstAnswer = CompletableFuture.supplyAsync(() -> cache.get("a", first));
        first.awaitBegin();

        CompletableFuture<@Nullable String> secondAnswer = CompletableFuture.supplyAsync(() -> cache.get("a", second));
        first.goOn();
        second.awaitBegin();
        second.goOn();

        assertThat(firstAnswer.join()).isEqualTo("1");
        assertThat(secondAnswer.join()).isEqualTo("2");
        assertThat(first.count() + second.count()).isEqualTo(2);
    }

    @Test
    void whatIsRemovedWhileItIsOffStaysRemoved() {
        contract.needs(Capability.STORAGE);
        removals().forEach((what, removal) -> {
            cache.put("a", "1", tagged());

            cache.disable();
            removal.run();
            cache.enable();

            assertThat(cache.get("a"))
                    .as("entry after %s while it was off", what)
                    .isNull();
        });
    }

    private Map<String, Runnable> removals() {
        Map<String, Runnable> removals = new LinkedHashMap<>();
        removals.put("put", () -> cache.put("a", "2"));
        removals.put("putAll", () -> cache.putAll(Map.of("a", "2")));
        removals.put("putIfAbsent", () -> cache.putIfAbsent("a", "2"));
        removals.put("replace", () -> cache.replace("a", "2"));
        removals.put("remove", () -> cache.remove("a"));
        removals.put("removeAll", () -> cache.removeAll(List.of("a")));
        removals.put("expire", () -> cache.expire("a", Duration.ZERO));
        removals.put("clear", cache::clear);
        if (contract.capabilities().contains(Capability.TAGS)) {
            removals.put("invalidateTag", () -> cache.invalidateTag("x"));
        }
        if (contract.capabilities().contains(Capability.LISTING)) {
            removals.put("removeMatching", () -> cache.removeMatching("a*"));
        }
        return removals;
    }

    private EntryOptions tagged() {
        return contract.capabilities().contains(Capability.TAGS) ? EntryOptions.tagged("x") : EntryOptions.DEFAULT;
    }

    @Test
    void listingsAreEmptyWhileItIsOff() {
        contract.needs(Capability.LISTING);
        contract.needs(Capability.TAGS);
        cache.put("a", "1", EntryOptions.tagged("x"));

        cache.disable();

        assertThat(cache.keys("*")).isEmpty();
        assertThat(cache.entries("*")).isEmpty();
        assertThat(cache.entriesByTag("x")).isEmpty();
    }

    @Test
    void aLoadThatBeganWhileItWasOffIsNotStored() {
        cache.disable();
        HeldLoad load = new HeldLoad("1");
        CompletableFuture<@Nullable String> answer = CompletableFuture.supplyAsync(() -> cache.get("a", load));
        load.awaitBegin();

        cache.enable();
        load.goOn();

        assertThat(answer.join()).isEqualTo("1");
        assertThat(cache.get("a")).isNull();
    }

    @Test
    void aLoadThatBeganWhileItWasOnIsNotStoredOverARemoval() {
        HeldLoad load = new HeldLoad("1");
        CompletableFuture<@Nullable String> answer = CompletableFuture.supplyAsync(() -> cache.get("a", load));
        load.awaitBegin();

        cache.disable();
        cache.remove("a");
        cache.enable();
        load.goOn();

        assertThat(answer.join()).isEqualTo("1");
        assertThat(cache.get("a")).isNull();
    }

    @Test
    void countersGoOnWhileItIsOff() {
        contract.needs(Capability.STORAGE);
        contract.needs(Capability.COUNTERS);
        Cache<String, Long> numbers =
                contract.view.cache(contract.numbers("numbers").build());
        numbers.counters().increment("a");

        numbers.disable();

        assertThat(numbers.counters().increment("a")).isEqualTo(2);
        numbers.enable();
        assertThat(numbers.get("a")).isEqualTo(2);
    }

    @Test
    void oneThatBeginsOffSaysSo() {
        Cache<String, String> off = contract.cache("off", CacheBuilder::disabled);
        off.put("a", "1");

        assertThat(off.get("a")).isNull();
        assertThat(off.stats().backend().details()).containsEntry("enabled", "false");
        off.enable();
        assertThat(off.stats().backend().details()).doesNotContainKey("enabled");
        off.put("a", "1");
        assertThat(off.contains("a")).isEqualTo(contract.capabilities().contains(Capability.STORAGE));
    }
}
