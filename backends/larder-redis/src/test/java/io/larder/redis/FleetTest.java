package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.servers.RedisServer;
import io.larder.testkit.trials.FleetTrial;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The trials of {@code bin/reliability}, cut short. */
@Timeout(180)
class FleetTest {

    @AutoClose
    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @Test
    void programsThatMissAKeyLoadItOnce() {
        FleetTrial.Outcome outcome = FleetTrial.misses(Urls.of(server), 2, 20, 5);

        assertThat(outcome.loads()).isEqualTo(5);
        assertThat(outcome.answered()).isEqualTo(5 * 2 * 20);
        assertThat(outcome.wrong()).isZero();
    }

    @Test
    void aProgramThatDiesWhileItLoadsIsReplaced() {
        FleetTrial.Outcome outcome = FleetTrial.deaths(Urls.of(server), 2, 20, 1);

        assertThat(outcome.loads()).isEqualTo(2);
        assertThat(outcome.answered()).isEqualTo(20);
        assertThat(outcome.wrong()).isZero();
    }
}
