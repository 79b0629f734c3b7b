package io.larder.memcached;

import io.larder.memcached.EvictionTrial.Others;
import io.larder.testkit.servers.MemcachedServer;
import io.larder.testkit.trials.FleetTrial;
import io.larder.testkit.trials.TrialRow;
import java.util.List;
import java.util.logging.LogManager;

/** Repeats faults of memcached and prints what they cost, as docs/reliability.md shows it: {@code bin/reliability memcached [rounds]}. */
final class ReliabilityMain {

    private static final int ROUNDS = 10;
    private static final int FEW = 10_000;
    private static final int MANY = 100_000;

    private ReliabilityMain() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 0 || args.length > 2 || !args[0].equals("memcached")) {
            System.err.println("usage: bin/reliability memcached [rounds]");
            System.exit(2);
        }
        // Netty and Larder warn of what this is about.
        LogManager.getLogManager().reset();
        int rounds = args.length == 2 ? Integer.parseInt(args[1]) : ROUNDS;
        System.out.println(machine());
        TrialRow.print(
                "One of three servers is killed",
                List.of(DeadServerTrial.run("miss", rounds), DeadServerTrial.run("rehash", rounds)));
        TrialRow.print("One of three servers falls silent", List.of(SilentServerTrial.run(rounds)));
        TrialRow.print(
                "Full memory",
                List.of(
                        EvictionTrial.run(64, Others.NOBODY, rounds),
                        EvictionTrial.run(2, Others.NOBODY, rounds),
                        EvictionTrial.run(2, Others.FLOOD, rounds)));
        TrialRow.print(
                "A tag on many entries",
                List.of(ScanTrial.tag(1, FEW), ScanTrial.tag(1, MANY), ScanTrial.tag(3, MANY)));
        System.out.printf(
                "%nA server lists up to some %,d entries of a tag, with keys of 10 bytes; where there are more, it is asked for all"
                        + " its items.%n",
                ScanTrial.listedMax());
        TrialRow.print("Listings", List.of(ScanTrial.listing(1, MANY), ScanTrial.listing(3, MANY)));
        try (MemcachedServer server = MemcachedServer.start()) {
            FleetTrial.print("Memcached", Urls.of(server), rounds);
        }
    }

    private static String machine() {
        try (MemcachedServer server = MemcachedServer.start()) {
            return "memcached " + server.stat("version") + ", Java " + System.getProperty("java.version") + ", "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                    + Runtime.getRuntime().availableProcessors() + " cores";
        }
    }
}
