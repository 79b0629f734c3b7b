package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.CacheBuilder;
import io.larder.CacheEntry;
import io.larder.EntryOptions;
import io.larder.codec.StringCodec;
import io.larder.spi.Capability;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Any string is a key, and so are integers, UUIDs and enums. */
abstract class CacheKeyPromises extends CachePromises {

    CacheKeyPromises(CacheContract contract) {
        super(contract, Capability.STORAGE);
    }

    @Test
    void anyStringIsAKey() {
        for (int i = 0; i < KeyPromises.ODD_KEYS.size(); i++) {
            cache.put(KeyPromises.ODD_KEYS.get(i), "value " + i);
        }

        Map<String, String> found = cache.getAll(KeyPromises.ODD_KEYS);

        assertThat(found.keySet()).containsExactlyElementsOf(KeyPromises.ODD_KEYS);
        for (int i = 0; i < KeyPromises.ODD_KEYS.size(); i++) {
            assertThat(cache.get(KeyPromises.ODD_KEYS.get(i))).isEqualTo("value " + i);
        }
    }

    @Test
    void keysOfOtherTypesComeBackAsTheyAre() {
        roundTrip(Integer.class, List.of(0, -1, Integer.MAX_VALUE));
        roundTrip(Long.class, List.of(0L, -1L, Long.MIN_VALUE));
        roundTrip(UUID.class, List.of(new UUID(0, 0), new UUID(-1, 1)));
        roundTrip(TimeUnit.class, List.of(TimeUnit.values()));
    }

    private <K> void roundTrip(Class<K> type, List<K> keys) {
        CacheBuilder<K, String> builder = contract.larder()
                .cache(type.getSimpleName(), type, String.class)
                .codec(new StringCodec());
        Cache<K, String> typed = contract.view.cache(builder.build());
        keys.forEach(key -> typed.put(key, "value of " + key));

        assertThat(typed.getAll(keys).keySet()).containsExactlyElementsOf(keys);
        if (contract.capabilities().contains(Capability.LISTING)) {
            assertThat(typed.keys("*")).containsExactlyInAnyOrderElementsOf(keys);
        }
    }

    @Test
    void tagsAreNotTakenForKeys() {
        contract.needs(Capability.TAGS);
        cache.put("x", "1", EntryOptions.tagged("a"));
        cache.put("a", "2", EntryOptions.tagged("x"));

        assertThat(cache.invalidateTag("a")).isEqualTo(1);
        assertThat(cache.entriesByTag("x").map(CacheEntry::key)).containsExactly("a");
    }
}
