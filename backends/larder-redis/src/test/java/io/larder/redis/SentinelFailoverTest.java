package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Larder;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.RedisSentinels;
import io.larder.testkit.servers.RedisServer;
import io.larder.testkit.trials.Caches;
import io.larder.testkit.trials.Findings;
import io.larder.testkit.trials.StopClock;
import io.larder.testkit.trials.Traffic;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What 16 threads see of it when the leader is killed and the sentinels put another in its place. */
class SentinelFailoverTest {

    private static final int THREADS = 16;
    private static final int WRITES_BEFORE = 2_000;
    private static final int WRITES_AFTER = 500;
    private static final Duration WAIT_MAX = Duration.ofSeconds(40);

    private static Findings failover(String parameters) throws Exception {
        try (RedisSentinels sentinels = RedisSentinels.start();
                Larder larder = Larder.open(Urls.of(sentinels) + "?on-error=throw" + parameters);
                Traffic traffic = Traffic.start(Caches.texts(larder), Caches.numbers(larder), THREADS)) {
            Await.until("there is something to lose", WAIT_MAX, () -> traffic.writes() > WRITES_BEFORE);

            RedisServer old = sentinels.killLeader();
            traffic.mark(StopClock.start());
            sentinels.awaitFailover(old);
            old.restart();

            Await.until("every thread writes again", WAIT_MAX, traffic::hasRecovered);
            sentinels.awaitWhole();
            long writes = traffic.writes();
            Await.until("the new leader is at work", WAIT_MAX, () -> traffic.writes() > writes + WRITES_AFTER);
            return traffic.stop();
        }
    }

    @Test
    void writesSucceedAgainAndNoValueIsWrongWhenTheLeaderIsKilled() throws Exception {
        Findings findings = failover("");

        // What Redis had acknowledged and not yet told its replicas is lost; docs/reliability.md says how much.
        assertThat(findings.wrongs()).as(findings.toString()).isZero();
    }

    @Test
    void nothingAcknowledgedIsLostWhenWritesWaitForTheReplicas() throws Exception {
        Findings findings = failover("&wait-replicas=2");

        assertThat(findings.wrongs()).as(findings.toString()).isZero();
        assertThat(findings.lost()).as(findings.toString()).isZero();
        assertThat(findings.undone()).as(findings.toString()).isZero();
    }
}
