package io.larder.testkit;

import io.larder.Cache;
import io.larder.CacheEntry;
import io.larder.spi.Capability;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;

/** A group of a {@link CacheContract}'s cases. */
abstract class CachePromises {

    static final Duration TTL = Duration.ofMillis(1_500);

    final CacheContract contract;
    private final Capability[] needed;
    Cache<String, String> cache;

    CachePromises(CacheContract contract, Capability... needed) {
        this.contract = contract;
        this.needed = needed;
    }

    @BeforeEach
    final void openCache() {
        for (Capability capability : needed) {
            contract.needs(capability);
        }
        cache = contract.cache("contract");
    }

    /** Returns the entry of {@code asked} under {@code key}, which must be there. */
    static <V> CacheEntry<String, V> existing(Cache<String, V> asked, String key) {
        return Objects.requireNonNull(asked.find(key), () -> "There should be an entry under key '" + key + "'");
    }

    final void pass(Duration duration) {
        contract.clock.advance(duration);
    }
}
