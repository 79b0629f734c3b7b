package io.larder.redis;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.RedisCluster;
import io.larder.testkit.servers.RedisSentinels;
import io.larder.testkit.servers.RedisServer;
import io.larder.testkit.trials.Caches;
import io.larder.testkit.trials.Findings;
import io.larder.testkit.trials.StopClock;
import io.larder.testkit.trials.Traffic;
import io.larder.testkit.trials.TrialRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Kills leaders under the load of 16 threads, round after round, and adds up what these saw of it. Confined to one thread. */
final class FailoverTrial {

    private static final int THREADS = 16;
    private static final int WRITES_BEFORE = 20_000;
    private static final int WRITES_AFTER = 5_000;
    private static final int WRITES_UNHEARD = 1_000;
    private static final Duration WAIT_MAX = Duration.ofMinutes(2);

    private final List<Double> electedMillis = new ArrayList<>();
    private final List<Double> recoveredMillis = new ArrayList<>();
    private final List<Double> failedMillis = new ArrayList<>();
    private double longestMillis;
    private long writes;
    private long failures;
    private long wrong;
    private long lost;
    private long undone;

    /** The servers of a trial: what to do before a round, how to kill, when another leads, when all is well again. */
    private interface Group {
        List<RedisServer> leaders();

        RedisServer kill(Traffic traffic, int round);

        void awaitLeader(RedisServer old);

        void awaitWhole();
    }

    /** How the replicas of a leader are when it is killed. */
    enum Replicas {
        FOLLOWING,
        CUT_OFF
    }

    static TrialRow sentinel(Replicas replicas, int waitReplicas, int rounds) throws Exception {
        try (RedisSentinels sentinels = RedisSentinels.start()) {
            Group group = new Group() {
                @Override
                public List<RedisServer> leaders() {
                    return List.of(sentinels.leader());
                }

                @Override
                public RedisServer kill(Traffic traffic, int round) {
                    return replicas == Replicas.FOLLOWING ? sentinels.killLeader() : killCutOff(sentinels, traffic);
                }

                @Override
                public void awaitLeader(RedisServer old) {
                    sentinels.awaitFailover(old);
                }

                @Override
                public void awaitWhole() {
                    sentinels.awaitWhole();
                }
            };
            TrialRow row = new TrialRow()
                    .with("replicas", replicas.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            return new FailoverTrial().run(row, group, Urls.of(sentinels), waitReplicas, rounds);
        }
    }

    /** Kills a leader whose replicas have not heard of its last writes. */
    private static RedisServer killCutOff(RedisSentinels sentinels, Traffic traffic) {
        List<RedisServer> replicas = sentinels.replicas();
        RedisServer leader = sentinels.leader();
        replicas.forEach(RedisServer::pause);
        leader.command("CLIENT", "KILL", "TYPE", "replica");
        long writes = traffic.writes();
        long failures = traffic.findings().failures();
        Await.until(
                "there is something that the replicas do not know",
                WAIT_MAX,
                () -> traffic.writes() > writes + WRITES_UNHEARD
                        || traffic.findings().failures() > failures + THREADS);
        leader.kill();
        replicas.forEach(RedisServer::resume);
        return leader;
    }

    static TrialRow cluster(int waitReplicas, int rounds) throws Exception {
        try (RedisCluster cluster = RedisCluster.start()) {
            Group group = new Group() {
                @Override
                public List<RedisServer> leaders() {
                    return cluster.leaders();
                }

                @Override
                public RedisServer kill(Traffic traffic, int round) {
                    return cluster.killLeader(KeyLayout.bucketSlots()
                            .skip(round % KeyLayout.BUCKETS)
                            .findFirst()
                            .orElseThrow());
                }

                @Override
                public void awaitLeader(RedisServer old) {
                    cluster.awaitFailover(old);
                }

                @Override
                public void awaitWhole() {
                    cluster.awaitWhole();
                }
            };
            return new FailoverTrial().run(new TrialRow(), group, Urls.of(cluster), waitReplicas, rounds);
        }
    }

    private TrialRow run(TrialRow row, Group group, String url, int waitReplicas, int rounds) throws Exception {
        try (Larder larder = Larder.open(url + "?on-error=throw&wait-replicas=" + waitReplicas)) {
            Cache<String, String> texts = Caches.texts(larder);
            Cache<String, Long> numbers = Caches.numbers(larder);
            for (int round = 0; round < rounds; round++) {
                group.leaders().forEach(leader -> leader.command("FLUSHALL"));
                try (Traffic traffic = Traffic.start(texts, numbers, THREADS)) {
                    add(traffic, round(group, traffic, round));
                }
            }
        }
        row.with("wait-replicas", waitReplicas)
                .with("rounds", rounds)
                .withMillis("another leads, ms: median / max", electedMillis);
        if (group.leaders().size() == 1) {
            row.withMillis("every thread has written, ms", recoveredMillis);
        }
        return row.withMillis("no call fails any more, ms", failedMillis)
                .withMillis("longest call, ms", longestMillis)
                .with("writes acknowledged", writes)
                .with("calls failed", failures)
                .with("wrong values", wrong)
                .with("acknowledged writes lost", lost)
                .with("acknowledged invalidations undone", undone);
    }

    private Findings round(Group group, Traffic traffic, int round) throws Exception {
        Await.until("there is something to lose", WAIT_MAX, () -> traffic.writes() > WRITES_BEFORE);
        StopClock clock = StopClock.start();
        RedisServer old = group.kill(traffic, round);
        traffic.mark(clock);
        group.awaitLeader(old);
        electedMillis.add(clock.millis());
        old.restart();
        Await.until("every thread writes again", WAIT_MAX, traffic::hasRecovered);
        recoveredMillis.add(traffic.recoveredMillis());
        group.awaitWhole();
        long before = traffic.writes();
        Await.until("the new leader is at work", WAIT_MAX, () -> traffic.writes() > before + WRITES_AFTER);
        return traffic.stop();
    }

    private void add(Traffic traffic, Findings findings) {
        failedMillis.add(traffic.failedMillis());
        longestMillis = Math.max(longestMillis, findings.longest().millis());
        writes += findings.writes();
        failures += findings.failures();
        wrong += findings.wrongs();
        lost += findings.lost();
        undone += findings.undone();
        System.err.printf(
                "%.0f ms until another leads, %.0f until every thread wrote, %.0f until no call failed; %s%n",
                electedMillis.get(electedMillis.size() - 1),
                traffic.recoveredMillis(),
                traffic.failedMillis(),
                findings);
    }
}
