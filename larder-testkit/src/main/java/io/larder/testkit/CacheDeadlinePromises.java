package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Cache;
import io.larder.CacheEvent;
import io.larder.EntryOptions;
import io.larder.LoadException;
import io.larder.spi.Capability;
import io.larder.testkit.servers.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A caller waits for a load as long as it was told to; the load goes on without it. */
abstract class CacheDeadlinePromises extends CachePromises {

    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final HeldLoad load = new HeldLoad("new");

    CacheDeadlinePromises(CacheContract contract) {
        super(contract, Capability.STORAGE);
    }

    @AfterEach
    void release() {
        load.goOn();
    }

    private Cache<String, String> within(Duration loadTimeout) {
        return contract.cache("timed", setup -> setup.loadTimeout(loadTimeout));
    }

    @Test
    void aLoadThatTakesTooLongIsAnErrorThatSaysSo() {
        Cache<String, String> hurried = within(SHORT);

        for (int caller = 0; caller < 2; caller++) {
            assertThatThrownBy(() -> hurried.get("a", load))
                    .isInstanceOf(LoadException.class)
                    .hasMessageContaining("Cannot load key 'a' of cache 'timed' within 1ms. The load goes on")
                    .hasMessageContaining("Raise 'load-timeout'")
                    .hasCauseInstanceOf(TimeoutException.class);
        }
        assertThatThrownBy(() -> hurried.getAll(List.of("b", "c"), keys -> Map.of("b", load.load("b"))))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("Cannot load 2 keys of cache 'timed' within 1ms");
    }

    @Test
    void aLoadThatTookTooLongIsStored() {
        Cache<String, String> hurried = within(SHORT);
        assertThatThrownBy(() -> hurried.get("a", load)).isInstanceOf(LoadException.class);
        assertThatThrownBy(() -> hurried.getAll(List.of("b", "c"), keys -> Map.of("b", load.load("b"))))
                .isInstanceOf(LoadException.class);

        load.goOn();

        Await.until(
                "both loads are stored",
                WITHIN,
                () -> hurried.getAll(List.of("a", "b", "c")).equals(Map.of("a", "new", "b", "new")));
        assertThat(load.count()).isEqualTo(2);
    }

    @Test
    void aLoadThatTookTooLongIsNotStoredOverAnInvalidation() {
        Cache<String, String> hurried = within(SHORT);
        assertThatThrownBy(() -> hurried.get("a", load)).isInstanceOf(LoadException.class);
        // A loader may be called a little later than its caller has gone.
        load.awaitBegin();

        hurried.remove("a");
        load.goOn();

        CacheEvent dropped = new CacheEvent.LoadDropped("timed", "a");
        Await.until("the load is dropped", WITHIN, () -> contract.events.contains(dropped));
        assertThat(hurried.find("a")).isNull();
    }

    @Test
    void aLoadInTimeAnswersAsWithoutALimit() {
        Cache<String, String> patient = within(LONG);

        assertThat(patient.get("a", key -> "loaded")).isEqualTo("loaded");
        assertThat(patient.get("a", key -> "again")).isEqualTo("loaded");
        assertThat(patient.getAll(List.of("a", "b"), keys -> Map.of("b", "loaded too")))
                .isEqualTo(Map.of("a", "loaded", "b", "loaded too"));
        assertThatThrownBy(() -> patient.get("c", key -> {
                    throw new IllegalStateException("no database");
                }))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("no database")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> patient.get("d", key -> patient.get("d", inner -> "never")))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("must not ask for its own key");
    }

    @Test
    void aStaleValueIsBetterThanALateOne() {
        Cache<String, String> hurried = contract.cache(
                "stale",
                setup -> setup.ttl(TTL)
                        .staleFor(LONG)
                        .staleWait(EntryOptions.NEVER)
                        .loadTimeout(SHORT));
        hurried.putAll(Map.of("a", "old", "b", "old"));
        pass(TTL);

        assertThat(hurried.get("a", load)).isEqualTo("old");
        assertThat(hurried.getAll(List.of("b"), keys -> Map.of("b", load.load("b"))))
                .isEqualTo(Map.of("b", "old"));

        load.goOn();
        Await.until(
                "both loads are stored",
                WITHIN,
                () -> hurried.getAll(List.of("a", "b")).equals(Map.of("a", "new", "b", "new")));
    }
}
