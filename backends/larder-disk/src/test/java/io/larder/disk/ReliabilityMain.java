package io.larder.disk;

import io.larder.disk.DiskConfig.Sync;
import io.larder.testkit.trials.FleetTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Repeats the trials of the disk and prints what came of them, as docs/reliability.md shows it: {@code bin/reliability disk [kills]}. */
final class ReliabilityMain {

    private static final int KILLS = 300;
    private static final int HAND_OVERS = 1_000;
    private static final int FLEET_KEYS_MAX = 100;

    private ReliabilityMain() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 0 || args.length > 2 || !args[0].equals("disk")) {
            System.err.println("usage: bin/reliability disk [kills]");
            System.exit(2);
        }
        int kills = args.length == 2 ? Integer.parseInt(args[1]) : KILLS;
        long seed = Long.getLong("larder.seed", MachineClock.nanos());
        System.out.println("Java " + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors()
                + " cores, -Dlarder.seed=" + seed);
        Path folder = Files.createTempDirectory("larder-reliability");
        try {
            System.out.println("\n## Disk: a writing process is killed\n");
            System.out.println("| sync | kills | steps acknowledged | longest reopen, ms | faults |");
            System.out.println("| --- | --- | --- | --- | --- |");
            for (Sync sync : List.of(Sync.FULL, Sync.NORMAL)) {
                CrashTrial.Outcome outcome = CrashTrial.run(folder.resolve("crash-" + sync), sync, kills, seed);
                System.out.println("| " + sync.name().toLowerCase(Locale.ROOT) + " " + outcome);
                outcome.faults().forEach(System.out::println);
            }
            System.out.println("\n## Disk: processes at the same time\n");
            System.out.println(
                    "| processes x threads | calls | errors | wrong values | values handed over at once | faults |");
            System.out.println("| --- | --- | --- | --- | --- | --- |");
            ProcessesTrial.Outcome outcome = ProcessesTrial.run(folder.resolve("processes"), 4, HAND_OVERS, seed);
            System.out.println(outcome);
            outcome.faults().forEach(System.out::println);
            FleetTrial.print("Disk", "disk:" + folder.resolve("fleet"), Math.min(kills, FLEET_KEYS_MAX));
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
