package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.larder.spi.Capability;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a call with many keys costs in requests does not depend on how many they are. */
abstract class CacheRequestPromises extends CachePromises {

    private static final int KEYS = 100;

    CacheRequestPromises(CacheContract contract) {
        super(contract, Capability.STORAGE);
    }

    private Map<String, Runnable> bulkCalls() {
        Map<String, String> entries = new TreeMap<>();
        for (int i = 0; i < KEYS; i++) {
            entries.put("key-" + i, "value " + i);
        }
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("putAll", () -> cache.putAll(entries));
        calls.put("getAll", () -> assertThat(cache.getAll(entries.keySet())).isEqualTo(entries));
        calls.put("getAll with a loader", () -> cache.getAll(entries.keySet(), keys -> Map.of()));
        calls.put(
                "removeAll", () -> assertThat(cache.removeAll(entries.keySet())).isEqualTo(KEYS));
        return calls;
    }

    @Test
    void aBulkCallAsksEachServerNoMoreOftenThanItHasParts() {
        List<Long> start = contract.requestsByServer();
        assumeTrue(!start.isEmpty(), "nobody counts the requests to this backend");
        // Once before, for what is asked at the first time only.
        bulkCalls().values().forEach(Runnable::run);

        bulkCalls().forEach((what, call) -> {
            List<Long> before = contract.requestsByServer();
            call.run();
            List<Long> after = contract.requestsByServer();
            for (int i = 0; i < before.size(); i++) {
                assertThat(after.get(i) - before.get(i))
                        .as("requests of %s to server %d", what, i)
                        .isBetween(1L, (long) contract.partsPerServer());
            }
        });
    }

    @Test
    void aBulkCallWithoutKeysAsksNobody() {
        List<Long> before = contract.requestsByServer();
        assumeTrue(!before.isEmpty(), "nobody counts the requests to this backend");

        cache.putAll(Map.of());
        cache.getAll(List.of());
        cache.getAll(List.of(), keys -> Map.of());
        cache.removeAll(List.of());

        assertThat(contract.requestsByServer()).isEqualTo(before);
    }
}
