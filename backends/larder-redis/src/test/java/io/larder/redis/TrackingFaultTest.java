package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.Fault;
import io.larder.testkit.servers.FaultyWire;
import io.larder.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is not trusted any more when a server, the way to it or the program itself fails. */
@Timeout(120)
class TrackingFaultTest {

    private static final Pattern FEED = Pattern.compile("(?m)^id=(\\d+) .* flags=tB ");
    private static final Duration HEART_BEAT = Duration.ofSeconds(1);

    private final RedisServer server = RedisServer.start();
    private final FaultyWire wire = FaultyWire.to(server);
    private final Watcher watcher = Watcher.open("redis://" + wire.address() + "?timeout=10s");
    private final Watcher other = Watcher.begin(Urls.of(server) + "?coherence=none");

    @AfterEach
    void close() {
        other.close();
        watcher.close();
        wire.close();
        server.close();
    }

    private String feed() {
        Matcher feed = FEED.matcher(server.command("CLIENT", "LIST").toString());
        assertThat(feed.find()).isTrue();
        return feed.group(1);
    }

    @Test
    void everythingHasChangedWhenTheFeedWasLost() {
        watcher.told().clear();

        server.command("CLIENT", "KILL", "ID", feed());

        watcher.awaitTold("*");
        watcher.awaitCovered();
        watcher.awaitToldOf(other, "a");
    }

    @Test
    void everythingMayHaveChangedWhenTheConnectionThatReadsWasLost() {
        watcher.told().clear();

        server.command("CLIENT", "KILL", "TYPE", "normal");

        watcher.awaitTold("*");
        watcher.awaitCovered();
        watcher.awaitToldOf(other, "a");
    }

    @Test
    void nothingIsCoveredWithoutAServerAndEverythingHasChangedWhenItIsBack() {
        server.kill();
        Await.until("the loss is noticed", Watcher.WAIT_MAX, () -> !watcher.coversAll());
        watcher.told().clear();

        server.restart();

        watcher.awaitCovered();
        assertThat(watcher.told()).contains("*");
        watcher.awaitToldOf(other, "a");
    }

    @Test
    void whatAWireSwallowsIsNotCoveredAfterAHeartBeat() {
        wire.answers(Fault.stallAfter(0));
        other.put("a");

        // In place of waiting: what was confirmed last was confirmed before.
        watcher.jump(HEART_BEAT);

        assertThat(watcher.coversAll()).isFalse();
        assertThat(watcher.watch().covers("a")).isFalse();
        assertThat(watcher.watch().bound()).isEqualTo(HEART_BEAT);

        watcher.told().clear();
        wire.cut();
        wire.heal();
        watcher.awaitCovered();
        assertThat(watcher.told()).contains("*");
        watcher.awaitToldOf(other, "a");
    }

    @Test
    void feedThatIsSilentForLongIsReplaced() {
        try (Watcher brisk = Watcher.open("redis://" + wire.address() + "?heart-beat=200ms")) {
            wire.answers(Fault.stallAfter(0));
            int connections = wire.connections();

            Await.until("another is tried", Watcher.WAIT_MAX, () -> wire.connections() > connections);

            wire.cut();
            wire.heal();
            brisk.awaitCovered();
        }
    }

    @Test
    void programThatWasStoppedTrustsNothingBeforeTheNextAnswer() {
        watcher.told().clear();
        wire.requests(Fault.stallAfter(0));

        watcher.jump(Duration.ofSeconds(30));

        assertThat(watcher.coversAll()).isFalse();
        wire.cut();
        wire.heal();
        watcher.awaitCovered();
    }

    @Test
    void answersThatAreLateCostTrustForAsLongAndNothingElse() {
        watcher.told().clear();

        watcher.jump(Duration.ofSeconds(30));

        watcher.awaitCovered();
        assertThat(watcher.told()).isEmpty();
        watcher.awaitToldOf(other, "a");
    }
}
