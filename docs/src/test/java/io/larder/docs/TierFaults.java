package io.larder.docs;

import io.larder.testkit.servers.Fault;
import io.larder.testkit.servers.FaultyWire;
import io.larder.testkit.servers.RedisCluster;
import io.larder.testkit.servers.RedisSentinels;
import io.larder.testkit.servers.RedisServer;
import io.larder.testkit.servers.ServerProcess;
import io.larder.testkit.trials.TierTrial;
import io.larder.testkit.trials.TierTrial.Disturbance;
import io.larder.testkit.trials.TierTrial.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What can go wrong between programs with near tiers and Redis, one trial each. */
final class TierFaults {

    private static final String NEAR = "memory:?max=10k | ";
    private static final String WRITER = "?on-error=throw&breaker=0";
    private static final int READERS = 2;

    private final Duration pause;
    private final int rounds;

    /** Makes those of {@code rounds} rounds, in which whatever does not end by itself lasts for {@code pause}. */
    TierFaults(Duration pause, int rounds) {
        this.pause = pause;
        this.rounds = rounds;
    }

    Outcome none(String parameters) throws Exception {
        return onAWire(parameters, (wire, server) -> TierTrial::awaitWrites);
    }

    Outcome connectionsAreCut(String parameters) throws Exception {
        return onAWire(parameters, (wire, server) -> trial -> wire.cut());
    }

    Outcome theServerIsKilled(String parameters) throws Exception {
        return onAWire(parameters, (wire, server) -> trial -> {
            server.kill();
            server.restart();
        });
    }

    Outcome answersAreLost(String parameters) throws Exception {
        return onAWire(parameters, (wire, server) -> trial -> {
            wire.answers(Fault.stallAfter(0));
            trial.awaitWritesFor(pause);
            wire.cut();
            wire.heal();
        });
    }

    Outcome aReaderIsStopped(String parameters) throws Exception {
        return onAWire(parameters, (wire, server) -> trial -> trial.stopReader(pause));
    }

    private interface Breakable {
        Disturbance of(FaultyWire wire, RedisServer server);
    }

    private Outcome onAWire(String parameters, Breakable breakable) throws Exception {
        try (RedisServer server = RedisServer.start();
                FaultyWire wire = FaultyWire.to(server)) {
            return TierTrial.run(
                    NEAR + "redis://" + wire.address() + "?client-name=reader" + parameters,
                    "redis://" + server.address() + WRITER + parameters,
                    READERS,
                    rounds,
                    breakable.of(wire, server));
        }
    }

    /** Writes wait for the replicas, so that none that was acknowledged is lost. */
    Outcome theLeaderOfSentinelsIsKilled() throws Exception {
        try (RedisSentinels sentinels = RedisSentinels.start()) {
            String url = "redis+sentinel://" + addresses(sentinels.sentinels()) + "/" + sentinels.service() + "/0";
            return TierTrial.run(NEAR + url, url + WRITER + "&wait-replicas=2", READERS, rounds, trial -> {
                RedisServer old = sentinels.killLeader();
                sentinels.awaitFailover(old);
                old.restart();
                sentinels.awaitWhole();
            });
        }
    }

    Outcome slotsMove() throws Exception {
        try (RedisCluster cluster = RedisCluster.start()) {
            String url = "redis+cluster://" + addresses(cluster.nodes());
            return TierTrial.run(
                    NEAR + url,
                    url + WRITER,
                    READERS,
                    rounds,
                    trial -> cluster.leaders().stream()
                            .flatMap(leader -> leader.command("KEYS", "*:e:key-*").texts().stream())
                            .map(cluster::slotOf)
                            .distinct()
                            .forEach(cluster::moveSlot));
        }
    }

    private static String addresses(List<RedisServer> servers) {
        return servers.stream().map(ServerProcess::address).collect(Collectors.joining(","));
    }
}
