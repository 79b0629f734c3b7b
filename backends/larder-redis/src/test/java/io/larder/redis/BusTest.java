package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.redis.BusMessage.Kind;
import io.larder.spi.CacheScope;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.Lifetime;
import io.larder.testkit.servers.Fault;
import io.larder.testkit.servers.FaultyWire;
import io.larder.testkit.servers.RedisOptions;
import io.larder.testkit.servers.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What programs tell each other of their changes, and what a reader does about what it may have missed. */
@Timeout(120)
class BusTest {

    private static final byte[] STREAM =
            KeyLayout.of(new CacheScope("", "names", 1), false).bus();
    private static final String STREAM_NAME = new String(STREAM, StandardCharsets.US_ASCII);
    private static final String BUS = "?timeout=10s&coherence=bus";

    private final RedisServer server = RedisServer.start();
    private final FaultyWire wire = FaultyWire.to(server);
    private final Watcher watcher = Watcher.open("redis://" + wire.address() + BUS);
    private final Watcher other = Watcher.open(Urls.of(server) + BUS);

    @AfterEach
    void close() {
        other.close();
        watcher.close();
        wire.close();
        server.close();
    }

    private void expectTold(String what, Runnable change) {
        watcher.told().clear();
        change.run();
        watcher.awaitTold(what);
    }

    private void expectAnotherBeginning(Runnable fault) {
        expectTold("*", fault);
        watcher.awaitCovered();
        watcher.awaitToldOf(other, "a");
    }

    @Test
    void tellsOfEachChange() {
        Lifetime later = new Lifetime(0, Lifetime.NEVER - 1, Lifetime.NEVER);

        expectTold("a ü", () -> other.put("a ü", "tag"));
        expectTold("a ü", () -> other.backend().expire("a ü", later).join());
        expectTold("a ü", () -> other.backend().remove("a ü").join());
        expectTold(
                "b", () -> other.backend().putAll(Map.of("b", Watcher.entry())).join());
        expectTold("b", () -> other.backend().removeAll(List.of("b", "c")).join());
        expectTold(
                "n",
                () -> other.backend()
                        .add("n", 1, new Entry<>(1L, Lifetime.endless(0), Set.of()))
                        .join());
        expectTold("tag tag", () -> other.backend().invalidateTag("tag").join());
        expectTold(
                "c*",
                () -> other.backend().removeMatching(KeyPattern.glob("c*")).join());
        expectTold("*", () -> other.backend().clear().join());
    }

    @Test
    void isReadByOneCacheAlone() {
        try (Watcher others = Watcher.open(Urls.of(server) + BUS, "others")) {
            others.told().clear();
            expectTold("a", () -> other.put("a"));
            others.put("b");
            others.awaitTold("b");

            assertThat(others.told()).containsExactly("b");
            assertThat(watcher.told()).containsExactly("a");
        }
    }

    @Test
    void everythingHasChangedWhenTheStreamLacksWhatWasReadLast() {
        expectAnotherBeginning(() -> server.command("FLUSHALL"));
        expectAnotherBeginning(() -> server.command("XTRIM", STREAM_NAME, "MAXLEN", "0"));
    }

    @Test
    void everythingHasChangedWhenANumberIsMissing() {
        append(1, "x");
        watcher.awaitTold("x");
        append(2, "y");
        watcher.awaitTold("y");
        assertThat(watcher.told()).doesNotContain("*");

        expectTold("*", () -> append(4, "z"));
        watcher.awaitTold("z");
        assertThat(watcher.told()).containsExactly("*", "z");
    }

    private void append(long number, String key) {
        watcher.told().clear();
        server.command(List.of(
                Links.bytes("XADD"),
                STREAM,
                Links.bytes("*"),
                TellingBackend.FIELD,
                new BusMessage(Kind.KEYS, List.of(key)).encode("somebody", number)));
    }

    @Test
    void whatCannotBeReadSaysThatEverythingHasChanged() {
        expectTold("*", () -> server.command("XADD", STREAM_NAME, "*", "m", "?"));
        expectTold("*", () -> server.command("XADD", STREAM_NAME, "*", "m", "0".repeat(40)));
        assertThat(watcher.coversAll()).isTrue();
    }

    @Test
    void everythingHasChangedWhenAConnectionOrTheServerWasLost() {
        expectAnotherBeginning(() -> server.command("CLIENT", "KILL", "TYPE", "normal"));
        expectAnotherBeginning(() -> {
            server.kill();
            server.restart();
        });
    }

    @Test
    void whatAWireSwallowsIsNotCoveredAfterAHeartBeat() {
        wire.answers(Fault.stallAfter(0));

        // In place of waiting: what was confirmed last was confirmed before.
        watcher.jump(Duration.ofSeconds(1));

        assertThat(watcher.coversAll()).isFalse();
        wire.cut();
        wire.heal();
        watcher.awaitCovered();
        watcher.awaitToldOf(other, "a");
    }

    @Test
    void changeThatCannotBeToldFails() {
        try (RedisServer guarded = RedisServer.start(
                        RedisOptions.plain().password("of-admin").user("app", "secret", "~*", "+@all", "-xadd"));
                Watcher mute = Watcher.begin("redis://app:secret@" + guarded.address() + BUS)) {
            assertThatThrownBy(() -> mute.put("a"))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("NOPERM");

            mute.awaitRefused();
            assertThat(mute.coversAll()).isFalse();
            assertThat(String.join("", mute.told()))
                    .contains("Cannot follow what changes by the bus")
                    .contains("Near tiers are not used");
        }
    }
}
