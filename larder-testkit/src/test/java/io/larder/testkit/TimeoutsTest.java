package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.spi.Backend;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How long a backend that does not answer is waited for. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class TimeoutsTest {

    @Parameter
    View view = View.SYNC;

    private final List<StalledBackend<String, byte[]>> stalled = new CopyOnWriteArrayList<>();

    private Larder open(String url) {
        return Larder.builder(url)
                .provider(ReferenceProvider.ofBytes(this::stalling))
                .build();
    }

    private Backend<String, byte[]> stalling(Backend<String, byte[]> below) {
        StalledBackend<String, byte[]> stalling = new StalledBackend<>(below);
        stalling.stall();
        stalled.add(stalling);
        return stalling;
    }

    private void assertGivenUpAfter(String limit, Cache<String, byte[]> cache) {
        assertThatThrownBy(() -> view.cache(cache).get("a"))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("did not answer within " + limit + ". Raise 'timeout'");
    }

    @Test
    void isASecondWhereNobodySaid() {
        try (Larder larder = open("reference:?on-error=throw")) {
            assertGivenUpAfter(
                    "1s", larder.cache("users", String.class, byte[].class).build());
        }
    }

    @Test
    void isWhatTheUrlOrTheBuilderSays() {
        try (Larder larder = open("reference:?on-error=throw&timeout=7ms")) {
            assertGivenUpAfter(
                    "7ms", larder.cache("users", String.class, byte[].class).build());
            assertGivenUpAfter(
                    "9ms",
                    larder.cache("teams", String.class, byte[].class)
                            .timeout(Duration.ofMillis(9))
                            .build());
        }
    }

    @Test
    void isNotLimitedWhereSomebodySaidNever() {
        try (Larder byUrl = open("reference:?timeout=never");
                Larder other = open("reference:?on-error=throw")) {
            Cache<String, byte[]> patient =
                    byUrl.cache("users", String.class, byte[].class).build();
            Cache<String, byte[]> patientToo = other.cache("teams", String.class, byte[].class)
                    .timeout(EntryOptions.NEVER)
                    .build();
            Cache<String, byte[]> impatient =
                    other.cache("users", String.class, byte[].class).build();

            List<CompletableFuture<?>> asked = List.of(
                    patient.async().put("a", new byte[1]), patientToo.async().get("a"));
            assertGivenUpAfter("1s", impatient);

            assertThat(asked).noneMatch(CompletableFuture::isDone);
            stalled.forEach(StalledBackend::release);
            asked.forEach(CompletableFuture::join);
            assertThat(view.cache(patient).get("a")).hasSize(1);
        }
    }
}
