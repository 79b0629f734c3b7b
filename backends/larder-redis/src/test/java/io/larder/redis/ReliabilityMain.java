package io.larder.redis;

import io.larder.redis.FailoverTrial.Replicas;
import io.larder.testkit.servers.RedisServer;
import io.larder.testkit.trials.FleetTrial;
import io.larder.testkit.trials.TrialRow;
import java.util.List;
import java.util.logging.LogManager;

/** Repeats faults of Redis and prints what they cost, as docs/reliability.md shows it: {@code bin/reliability redis [rounds]}. */
final class ReliabilityMain {

    private static final int ROUNDS = 10;

    private ReliabilityMain() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 0 || args.length > 2 || !args[0].equals("redis")) {
            System.err.println("usage: bin/reliability redis [rounds]");
            System.exit(2);
        }
        // Lettuce tells of every connection that it loses, which is what this is about.
        LogManager.getLogManager().reset();
        int rounds = args.length == 2 ? Integer.parseInt(args[1]) : ROUNDS;
        System.out.println(machine());
        TrialRow.print(
                "Sentinel: the leader is killed",
                List.of(
                        FailoverTrial.sentinel(Replicas.FOLLOWING, 0, rounds),
                        FailoverTrial.sentinel(Replicas.FOLLOWING, 2, rounds),
                        FailoverTrial.sentinel(Replicas.CUT_OFF, 0, rounds),
                        FailoverTrial.sentinel(Replicas.CUT_OFF, 2, rounds)));
        TrialRow.print(
                "Cluster: a leader is killed",
                List.of(FailoverTrial.cluster(0, rounds), FailoverTrial.cluster(1, rounds)));
        TrialRow.print("Cluster: slots move", List.of(SlotTrial.run(rounds)));
        TrialRow.print("A tag on 100,000 entries", List.of(TagTrial.server(), TagTrial.cluster()));
        TrialRow.print("Servers that say nothing", List.of(SilenceTrial.neverAnswers(), SilenceTrial.hangs()));
        try (RedisServer server = RedisServer.start()) {
            FleetTrial.print("Redis", Urls.of(server), rounds);
        }
    }

    private static String machine() {
        try (RedisServer server = RedisServer.start()) {
            return "Redis " + server.info("redis_version") + ", Java " + System.getProperty("java.version") + ", "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                    + Runtime.getRuntime().availableProcessors() + " cores";
        }
    }
}
