package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.ConfigException;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.Lifetime;
import io.larder.spi.PutMode;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.RedisServer;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server tells of the changes that others make. */
@Timeout(120)
class TrackingTest {

    private final RedisServer server = RedisServer.start();
    private Watcher watcher;
    private Watcher other;

    @BeforeEach
    void open() {
        watcher = Watcher.open(Urls.of(server) + "?timeout=10s");
        other = Watcher.open(Urls.of(server) + "?timeout=10s&clock-skew=0s");
    }

    @AfterEach
    void close() {
        other.close();
        watcher.close();
        server.close();
    }

    private void expectTold(String what, Runnable change) {
        watcher.told().clear();
        change.run();
        watcher.awaitTold(what);
    }

    @Test
    void tellsOfEachChangeOfAnEntry() {
        Lifetime later = new Lifetime(0, Lifetime.NEVER - 1, Lifetime.NEVER);

        expectTold("a", () -> other.put("a"));
        expectTold("a", () -> other.put("a", "tag"));
        expectTold("a", () -> other.backend().expire("a", later).join());
        expectTold("a", () -> other.backend().remove("a").join());
        expectTold(
                "b ü",
                () -> other.backend()
                        .putAll(Map.of("b ü", Watcher.entry("tag")))
                        .join());
        expectTold("b ü", () -> other.backend().invalidateTag("tag").join());
        expectTold(
                "n",
                () -> other.backend()
                        .add("n", 1, new Entry<>(1L, Lifetime.endless(0), Set.of()))
                        .join());
        expectTold(
                "n", () -> other.backend().removeMatching(KeyPattern.glob("n*")).join());
        other.put("c");
        expectTold("c", () -> other.backend().clear().join());
    }

    @Test
    void tellsOfTheEndOfAnEntryAndOfAFlush() {
        long endMillis = System.currentTimeMillis() + 300;
        Entry<byte[]> mortal = new Entry<>(new byte[1], new Lifetime(0, endMillis, endMillis), Set.of());

        expectTold("d", () -> other.backend().put("d", mortal, PutMode.ALWAYS).join());
        expectTold("d", () -> {});
        expectTold("*", () -> server.command("FLUSHALL"));
        expectTold("*", () -> server.command("FLUSHDB"));
    }

    @Test
    void tellsEachCacheOfItsOwnEntriesAlone() {
        try (Watcher longer = Watcher.open(Urls.of(server), "names2")) {
            longer.told().clear();
            watcher.told().clear();

            other.put("a", "e:tag");
            longer.put("b");

            watcher.awaitTold("a");
            longer.awaitTold("b");
            assertThat(watcher.told()).containsOnly("a");
            assertThat(longer.told()).containsOnly("b");
        }
    }

    @Test
    void secondCacheOfAProgramIsCoveredToo() {
        try (Watcher second = watcher.second("others");
                Watcher elsewhere = Watcher.open(Urls.of(server), "others")) {
            second.awaitCovered();

            elsewhere.put("x");

            second.awaitTold("x");
            assertThat(watcher.told()).doesNotContain("x");
        }
        other.put("a");
        watcher.awaitTold("a");
    }

    @Test
    void closedWatchCoversAndTellsNothing() {
        watcher.watch().close();

        assertThat(watcher.coversAll()).isFalse();
        Await.until("its connection is closed", Watcher.WAIT_MAX, () -> feeds() == 1);
        watcher.told().clear();
        other.put("a");
        other.awaitTold("a");
        assertThat(watcher.told()).isEmpty();
    }

    private long feeds() {
        return server.command("CLIENT", "LIST")
                .toString()
                .lines()
                .filter(line -> line.contains(" flags=tB "))
                .count();
    }

    @Test
    void nobodyWatchesWhereReplicasAreReadOrTheUrlSaysSo() {
        try (Watcher none = Watcher.begin(Urls.of(server) + "?coherence=none");
                Watcher lagging = Watcher.begin("redis+replicas://" + server.address() + "?read=replica")) {
            assertThat(none.watch()).isNull();
            assertThat(lagging.watch()).isNull();
        }
        assertThatThrownBy(() ->
                        Watcher.begin("redis+replicas://" + server.address() + "?read=replica&coherence=tracking"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'coherence=tracking' needs 'read=leader', was 'replica'");
    }
}
