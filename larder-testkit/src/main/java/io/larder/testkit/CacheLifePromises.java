package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.ClosedException;
import io.larder.WarmEntry;
import io.larder.WarmOptions;
import io.larder.spi.Capability;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A cache is opened once under its name, and ends with its Larder. */
abstract class CacheLifePromises extends CachePromises {

    CacheLifePromises(CacheContract contract) {
        super(contract);
    }

    @Test
    void theSameNameAndSettingsAreTheSameCache() {
        assertThat(contract.texts("shared").build())
                .isSameAs(contract.texts("shared").build());
        assertThat(contract.texts("shared").version(2).build())
                .isNotSameAs(contract.texts("shared").build());
    }

    @Test
    void closesTwice() {
        assertThatCode(() -> {
                    contract.larder().close();
                    contract.larder().close();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void everyCallAfterCloseIsRefused() {
        contract.larder().close();

        calls().forEach((what, call) -> assertThatThrownBy(call)
                .as(what)
                .isInstanceOf(ClosedException.class)
                .hasMessageContaining("Cache 'contract' is closed"));
        assertThatThrownBy(() -> contract.cache("new"))
                .isInstanceOf(ClosedException.class)
                .hasMessageContaining("is closed");
    }

    private Map<String, ThrowingCallable> calls() {
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("get", () -> cache.get("a"));
        calls.put("get with a loader", () -> cache.get("a", key -> "1"));
        calls.put("find", () -> cache.find("a"));
        calls.put("contains", () -> cache.contains("a"));
        calls.put("getAll", () -> cache.getAll(List.of("a")));
        calls.put("getAll of nothing", () -> cache.getAll(List.of()));
        calls.put("getAll with a loader", () -> cache.getAll(List.of("a"), keys -> Map.of()));
        calls.put("put", () -> cache.put("a", "1"));
        calls.put("putAll", () -> cache.putAll(Map.of("a", "1")));
        calls.put("putAll of nothing", () -> cache.putAll(Map.of()));
        calls.put("putIfAbsent", () -> cache.putIfAbsent("a", "1"));
        calls.put("replace", () -> cache.replace("a", "1"));
        calls.put("warm", () -> cache.warm(Stream.of(new WarmEntry<>("a", "1")), WarmOptions.DEFAULT));
        calls.put("warm with a loader", () -> cache.warm(Stream.of("a"), key -> "1", WarmOptions.DEFAULT));
        calls.put("refreshEvery", () -> cache.refreshEvery(TTL, () -> Stream.of("a"), key -> "1"));
        calls.put("remove", () -> cache.remove("a"));
        calls.put("removeAll", () -> cache.removeAll(List.of("a")));
        calls.put("expire", () -> cache.expire("a", TTL));
        calls.put("clear", () -> cache.clear());
        calls.put("ping", () -> cache.ping());
        calls.put("stats", () -> cache.stats());
        if (contract.capabilities().contains(Capability.TAGS)) {
            calls.put("invalidateTag", () -> cache.invalidateTag("x"));
            calls.put("entriesByTag", () -> cache.entriesByTag("x"));
        }
        if (contract.capabilities().contains(Capability.LISTING)) {
            calls.put("keys", () -> cache.keys("*"));
            calls.put("entries", () -> cache.entries("*"));
            calls.put("removeMatching", () -> cache.removeMatching("*"));
        }
        return calls;
    }
}
