package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.LoadException;
import io.larder.spi.Capability;
import io.larder.testkit.servers.Await;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What other caches get wrong, each under the name by which it is known.
 *
 * <p>One of them is about tiers alone, and in {@code TieredBackendTest}: a near tier that is refilled from a far one that has not been
 * cleared yet.
 */
abstract class CacheKnownFailurePromises extends CachePromises {

    private static final Duration WITHIN = Duration.ofSeconds(30);
    /** More than any backend remembers one by one. */
    private static final int MANY_TAGS = 1_100;

    private final HeldLoad load = new HeldLoad("loaded");

    CacheKnownFailurePromises(CacheContract contract) {
        super(contract, Capability.STORAGE);
    }

    @AfterEach
    void endLoad() {
        load.goOn();
    }

    /** Returns a cache whose value under "a" is stale, and has answered while the load that it caused is held. */
    private Cache<String, String> stale(Duration staleWait, EntryOptions options) {
        Cache<String, String> stale = contract.cache(
                "stale", setup -> setup.ttl(TTL).staleFor(Duration.ofHours(1)).staleWait(staleWait));
        stale.put("a", "stored", options);
        pass(TTL);
        assertThat(stale.get("a", load, options)).isEqualTo("stored");
        load.awaitBegin();
        return stale;
    }

    private void endLoadAndAwaitItsDrop(Cache<String, String> stale) {
        load.goOn();
        Await.until("what was loaded is dropped", WITHIN, () -> stale.stats().loadsDropped() == 1);
    }

    @Test
    void aLateStoreIsNotTakenForAYoungValue() {
        contract.needs(Capability.TAGS);
        EntryOptions options = EntryOptions.tagged("x");
        Cache<String, String> stale = stale(Duration.ofMillis(1), options);

        stale.invalidateTag("x");
        endLoadAndAwaitItsDrop(stale);

        assertThat(stale.find("a")).isNull();
        assertThat(stale.get("a", key -> "loaded since", options)).isEqualTo("loaded since");
    }

    @Test
    void aTagThatIsInvalidatedBeforeItIsKnownIsNotReadAfterTheLoad() {
        contract.needs(Capability.TAGS);

        cache.get("a", EntryOptions.DEFAULT, (key, context) -> {
            cache.invalidateTag("x");
            context.options(EntryOptions.tagged("x"));
            return "loaded";
        });

        assertThat(cache.find("a")).isNull();
    }

    @Test
    void anInvalidationThatIsForgottenIsNotTakenForNone() {
        contract.needs(Capability.TAGS);

        cache.get(
                "a",
                key -> {
                    cache.invalidateTag("x");
                    for (int i = 0; i < MANY_TAGS; i++) {
                        cache.invalidateTag("tag " + i);
                    }
                    return "loaded";
                },
                EntryOptions.tagged("x"));

        assertThat(cache.find("a")).isNull();
    }

    @Test
    void whatIsRemovedWhileItLoadsStaysRemoved() {
        cache.get("a", key -> {
            cache.remove("a");
            return "loaded";
        });

        assertThat(cache.find("a")).isNull();
    }

    @Test
    void whatIsClearedWhileItIsStaleAnswersNobody() {
        Cache<String, String> stale = stale(Duration.ZERO, EntryOptions.DEFAULT);

        stale.clear();

        assertThatThrownBy(() -> stale.get("a", key -> {
                    throw new IllegalStateException("no database");
                }))
                .isInstanceOf(LoadException.class);
        endLoadAndAwaitItsDrop(stale);
        assertThat(stale.find("a")).isNull();
    }
}
