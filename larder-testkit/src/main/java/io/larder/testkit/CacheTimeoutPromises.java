package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.CacheEvent;
import io.larder.EntryOptions;
import io.larder.LoadException;
import io.larder.spi.Capability;
import io.larder.testkit.servers.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A backend that does not answer is waited for as long as the timeout says, and only by those who need the answer.
 *
 * <p>That nobody waits is shown without a clock: the answer never comes, there is no timeout, and the call returns.
 */
abstract class CacheTimeoutPromises extends CachePromises {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration BACK_WITHIN = Duration.ofSeconds(30);

    private final UnreliableProvider unreliable;

    CacheTimeoutPromises(CacheContract contract) {
        super(contract);
        unreliable = contract.makeUnreliable();
    }

    @AfterEach
    void release() {
        unreliable.stalled().release();
    }

    private Cache<String, String> waiting(Duration timeout) {
        return contract.cache("waiting", builder -> builder.timeout(timeout));
    }

    @Test
    void noCallOutlastsItsTimeout() {
        Cache<String, String> hurried = waiting(SHORT);
        unreliable.stalled().stall();

        CacheCalls.writesAndListings(hurried, contract.capabilities())
                .forEach((what, call) -> assertThatThrownBy(call)
                        .as(what)
                        .isInstanceOf(BackendException.class)
                        .hasMessageContaining("did not answer within 20ms")
                        .hasMessageContaining("Raise 'timeout'"));
        assertThat(contract.events).isEmpty();
        assertThat(hurried.get("a")).isNull();
        assertThat(hurried.find("a")).isNull();
        assertThat(hurried.getAll(List.of("a"))).isEmpty();
        assertThat(contract.events).hasSize(3).allMatch(event -> event instanceof CacheEvent.ReadFailed);
    }

    @Test
    void aLoadAnswersThoughTheBackendNeverDoes() {
        Cache<String, String> hurried = waiting(SHORT);
        unreliable.stalled().stall();

        assertThat(hurried.get("a", key -> "loaded")).isEqualTo("loaded");
        assertThat(hurried.getAll(List.of("a", "b"), keys -> Map.of("a", "1", "b", "2")))
                .isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void aBackendThatAnswersAgainIsUsedAgain() {
        Cache<String, String> hurried = waiting(SHORT);
        unreliable.stalled().stall();
        assertThat(hurried.get("a", key -> "loaded")).isEqualTo("loaded");

        unreliable.stalled().release();

        // A server may take longer than the short timeout to let a client in.
        Await.until("the backend is used again", BACK_WITHIN, () -> {
            hurried.put("a", "1");
            return !contract.capabilities().contains(Capability.STORAGE) || "1".equals(hurried.get("a"));
        });
    }

    @Test
    void aLoadAnswersThoughTheBackendHangsAfterTheLookup() {
        Cache<String, String> hurried = waiting(Duration.ofMillis(200));

        String answer = hurried.get("a", key -> {
            unreliable.stalled().stall();
            return "loaded";
        });
        unreliable.stalled().release();
        Map<String, @Nullable String> answers = hurried.getAll(List.of("b", "c"), keys -> {
            unreliable.stalled().stall();
            return Map.of("b", "1", "c", "2");
        });

        assertThat(answer).isEqualTo("loaded");
        assertThat(answers).isEqualTo(Map.of("b", "1", "c", "2"));
        assertThat(contract.events)
                .filteredOn(event -> event instanceof CacheEvent.StoreFailed)
                .extracting(CacheEvent::key)
                .containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void aStoreWithoutALeaseIsNotTried() {
        Cache<String, String> patient = waiting(EntryOptions.NEVER);
        unreliable.flaky().failBefore(method -> method.startsWith("get"));
        unreliable.stalled().stall();

        assertThat(patient.get("a", key -> "loaded")).isEqualTo("loaded");
        assertThat(patient.getAll(List.of("a"), keys -> Map.of("a", "1"))).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void aFailedStoreWaitsForNoRelease() {
        Cache<String, String> patient = waiting(EntryOptions.NEVER);
        unreliable.flaky().failBefore(method -> method.equals("putLeased"));
        unreliable.stalled().stall(method -> method.equals("release"));

        assertThat(patient.get("a", key -> "loaded")).isEqualTo("loaded");
        assertThat(patient.getAll(List.of("b", "c"), keys -> Map.of("b", "1", "c", "2")))
                .isEqualTo(Map.of("b", "1", "c", "2"));
    }

    @Test
    void aFailedLoadWaitsForNoRelease() {
        Cache<String, String> patient = waiting(EntryOptions.NEVER);
        unreliable.stalled().stall(method -> method.equals("release"));

        assertThatThrownBy(() -> patient.get("a", key -> {
                    throw new IllegalStateException("no database");
                }))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("no database");
        assertThatThrownBy(() -> patient.getAll(List.of("b", "c"), keys -> {
                    throw new IllegalStateException("no database");
                }))
                .isInstanceOf(LoadException.class);
    }

    @Test
    void theNextLoadWaitsForTheReleaseSoThatItIsStored() {
        contract.needs(Capability.STORAGE);
        Cache<String, String> patient = waiting(EntryOptions.NEVER);
        unreliable.flaky().failBefore(method -> method.equals("putLeased"));
        unreliable.stalled().stall(method -> method.equals("release"));
        patient.get("a", key -> "not stored");
        unreliable.flaky().up();
        AtomicInteger loads = new AtomicInteger();

        CompletableFuture<@Nullable String> next =
                patient.async().get("a", key -> CompletableFuture.completedFuture("loaded " + loads.incrementAndGet()));
        CompletableFuture<Map<String, @Nullable String>> many =
                patient.async().getAll(List.of("a"), keys -> Map.of("a", "loaded " + loads.incrementAndGet()));

        assertThat(next).isNotDone();
        assertThat(many).isNotDone();
        unreliable.stalled().release();
        assertThat(next.join()).isEqualTo("loaded 1");
        assertThat(many.join()).isEqualTo(Map.of("a", "loaded 1"));
        assertThat(patient.get("a")).isEqualTo("loaded 1");
        assertThat(loads).hasValue(1);
    }

    @Test
    void aCallThatWaitsGoesOnWhenTheBackendAnswers() {
        Cache<String, String> patient = waiting(EntryOptions.NEVER);
        unreliable.stalled().stall();
        CompletableFuture<@Nullable Void> put = patient.async().put("a", "1");
        assertThat(put).isNotDone();

        unreliable.stalled().release();

        put.join();
        assertThat(patient.contains("a")).isEqualTo(contract.capabilities().contains(Capability.STORAGE));
    }
}
