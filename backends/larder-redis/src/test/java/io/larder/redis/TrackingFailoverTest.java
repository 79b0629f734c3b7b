package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.RedisSentinels;
import io.larder.testkit.servers.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who tells what changes when another server takes a leader's place. */
@Timeout(120)
class TrackingFailoverTest {

    @Test
    void theNextLeaderOfSentinelsTellsOnAndEverythingHasChanged() {
        try (RedisSentinels sentinels = RedisSentinels.start();
                Watcher watcher = Watcher.open(Urls.of(sentinels) + "?timeout=10s");
                Watcher other = Watcher.begin(Urls.of(sentinels) + "?timeout=10s&coherence=none")) {
            watcher.awaitToldOf(other, "a");

            RedisServer old = sentinels.killLeader();
            Await.until("nothing is covered", Watcher.WAIT_MAX, () -> !watcher.coversAll());
            watcher.told().clear();
            sentinels.awaitFailover(old);

            watcher.awaitCovered();
            assertThat(watcher.told()).contains("*");
            watcher.awaitToldOf(other, "a");
        }
    }

    @Test
    void leaderThatFollowsAnotherIsNotBelievedAnyMore() {
        try (RedisServer server = RedisServer.start();
                RedisServer next = RedisServer.start();
                Watcher watcher = Watcher.open(Urls.of(server))) {
            server.command("REPLICAOF", next.host(), String.valueOf(next.port()));
            Await.until("nothing is covered", Watcher.WAIT_MAX, () -> !watcher.coversAll());
            watcher.told().clear();

            server.command("REPLICAOF", "NO", "ONE");

            watcher.awaitCovered();
            assertThat(watcher.told()).contains("*");
        }
    }
}
