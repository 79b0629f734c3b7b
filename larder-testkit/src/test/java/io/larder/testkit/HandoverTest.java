package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.CacheEntry;
import io.larder.ClosedException;
import io.larder.ConfigException;
import io.larder.Handover;
import io.larder.Larder;
import io.larder.codec.StringCodec;
import io.larder.layer.ForwardingBackend;
import io.larder.spi.Backend;
import io.larder.testkit.servers.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong while a cache goes over to another backend, and what it waits for. */
@Timeout(60)
class HandoverTest {

    private static final Duration WITHIN = Duration.ofSeconds(30);

    /** Of the backend at {@value #REMOTE}, which fails, stalls and counts how often it is closed. */
    private FlakyBackend<String, byte[]> flaky;

    private StalledBackend<String, byte[]> stalled;
    private final AtomicInteger closed = new AtomicInteger();
    private static final String REMOTE = "reference:";

    private final Larder larder = Larder.builder(ElsewhereProvider.URL)
            .provider(new ElsewhereProvider(ReferenceProvider.ofBytes(this::remote)))
            .build();
    private final Cache<String, String> cache = larder.cache("users", String.class, String.class)
            .codec(new StringCodec())
            .timeout(Duration.ofMinutes(1))
            .build();

    private Backend<String, byte[]> remote(Backend<String, byte[]> below) {
        stalled = new StalledBackend<>(new ForwardingBackend<>(below) {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        });
        flaky = new FlakyBackend<>(stalled);
        return flaky;
    }

    @AfterEach
    void close() {
        larder.close();
    }

    private void go(Handover how) {
        larder.switchBackend("users", REMOTE, how);
    }

    private CompletableFuture<Void> goBackMeanwhile(Handover how) {
        return CompletableFuture.runAsync(() -> larder.switchBackend("users", ElsewhereProvider.URL, how));
    }

    @Test
    void aBadUrlChangesNothing() {
        cache.put("a", "1");

        assertThatThrownBy(() -> larder.switchBackend("users", "referense:", Handover.COLD))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("No backend for scheme 'referense'");
        assertThatThrownBy(() -> larder.switchBackend("users", "reference:?ttl=5m", Handover.COLD))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Unknown parameter 'ttl' in 'reference:?ttl=5m'.");
        assertThatThrownBy(() -> larder.switchBackend("user", REMOTE, Handover.COLD))
                .isInstanceOf(ConfigException.class)
                .hasMessage("No cache 'user' is open on elsewhere:. Did you mean 'users'? Known: users.");
        assertThatThrownBy(() -> larder.switchBackend("users", "none:", Handover.COLD))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cannot switch cache 'users' from 'elsewhere:' to 'none:': that lacks"
                        + " [STORAGE, COUNTERS]. Name a backend that can do what this one can");
        assertThat(cache.get("a")).isEqualTo("1");
    }

    @Test
    void aClosedLarderSwitchesNothing() {
        larder.close();

        assertThatThrownBy(() -> go(Handover.COLD)).isInstanceOf(ClosedException.class);
    }

    @Test
    void oneThatIsDownIsNotGoneOverTo() {
        Larder unlucky = Larder.builder(ElsewhereProvider.URL)
                .provider(new ElsewhereProvider(ReferenceProvider.ofBytes(below -> {
                    Backend<String, byte[]> opened = remote(below);
                    flaky.down();
                    return opened;
                })))
                .build();
        Cache<String, String> kept = unlucky.cache("users", String.class, String.class)
                .codec(new StringCodec())
                .build();
        kept.put("a", "1");

        for (Handover how : Handover.values()) {
            assertThatThrownBy(() -> unlucky.switchBackend("users", REMOTE, how))
                    .isInstanceOf(BackendException.class)
                    .hasMessageStartingWith(
                            "Cannot switch cache 'users' to 'reference:', it stays on 'elsewhere:': Flaky backend");
        }

        assertThat(kept.get("a")).isEqualTo("1");
        assertThat(closed).hasValue(Handover.values().length);
        unlucky.close();
    }

    @Test
    void oneThatFailsWhileItGetsTheChangesFailsNoCallAndIsGivenUp() {
        go(Handover.DUAL);
        flaky.down();

        cache.put("a", "1");
        cache.remove("b");
        cache.invalidateTag("x");

        assertThat(cache.get("a")).isEqualTo("1");
        flaky.up();
        assertThatThrownBy(() -> go(Handover.COLD))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("it stays on 'elsewhere:': Flaky backend");
        assertThat(cache.get("a")).isEqualTo("1");
        assertThat(closed).hasValue(1);
        go(Handover.COPY);
        assertThat(cache.get("a")).isEqualTo("1");
    }

    @Test
    void oneThatWasGivenUpBeginsAnew() {
        go(Handover.DUAL);
        flaky.down();
        cache.put("a", "1");

        go(Handover.DUAL);
        cache.put("b", "2");
        go(Handover.COLD);

        assertThat(cache.get("a")).isNull();
        assertThat(cache.get("b")).isEqualTo("2");
    }

    @Test
    void oneThatFailsWhileItIsCopiedFromStays() {
        go(Handover.COLD);
        cache.put("a", "1");
        flaky.failBefore("getAll"::equals);

        assertThatThrownBy(() -> larder.switchBackend("users", ElsewhereProvider.URL, Handover.COPY))
                .isInstanceOf(BackendException.class)
                .hasMessageStartingWith("Cannot switch cache 'users' to 'elsewhere:', it stays on 'reference:'");

        flaky.up();
        assertThat(cache.get("a")).isEqualTo("1");
    }

    @Test
    void aReadUnderWayEndsBeforeItsBackendIsClosed() {
        go(Handover.COLD);
        cache.put("a", "1");
        stalled.stall("get"::equals);
        CompletableFuture<String> read = cache.async().get("a");
        CompletableFuture<Void> back = goBackMeanwhile(Handover.COLD);
        Await.until(
                "the other one, which is empty, is in use",
                WITHIN,
                () -> cache.keys("*").findAny().isEmpty());

        assertThat(closed).hasValue(0);
        stalled.release();

        assertThat(read.join()).isEqualTo("1");
        back.join();
        assertThat(closed).hasValue(1);
    }

    @Test
    void aChangeUnderWayIsCopiedAndThoseAfterItWait() {
        go(Handover.COLD);
        stalled.stall("put"::equals);
        CompletableFuture<Void> before = cache.async().put("a", "1");
        CompletableFuture<Void> back = goBackMeanwhile(Handover.COPY);
        List<CompletableFuture<Void>> after = new ArrayList<>();
        // The first of them wait for the backend, the others for the switch.
        for (int i = 0; i < 1_000; i++) {
            after.add(cache.async().put("b", "2"));
        }

        assertThat(back).isNotDone();
        stalled.release();

        before.join();
        after.forEach(CompletableFuture::join);
        back.join();
        assertThat(cache.get("a")).isEqualTo("1");
        assertThat(cache.get("b")).isEqualTo("2");
        assertThat(closed).hasValue(1);
    }

    @Test
    void aWalkGoesOnAcrossIt() {
        for (int i = 0; i < 2_000; i++) {
            cache.put("key-" + i, "value");
        }
        List<String> seen = new ArrayList<>();

        try (Stream<CacheEntry<String, String>> walk = cache.entries("*")) {
            Iterator<CacheEntry<String, String>> entries = walk.iterator();
            seen.add(entries.next().key());
            go(Handover.COPY);
            entries.forEachRemaining(entry -> seen.add(entry.key()));
        }

        assertThat(seen.stream().distinct()).hasSize(2_000);
    }

    @Test
    void closingEndsASwitchToo() {
        go(Handover.DUAL);

        larder.close();

        assertThat(closed).hasValue(1);
        assertThatThrownBy(() -> cache.get("a")).isInstanceOf(ClosedException.class);
    }
}
