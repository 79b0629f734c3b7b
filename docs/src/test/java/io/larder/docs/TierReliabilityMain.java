package io.larder.docs;

import io.larder.testkit.trials.TrialRow;
import java.time.Duration;
import java.util.List;
import java.util.logging.LogManager;

/** Repeats faults between near tiers and Redis, as docs/reliability.md shows it: {@code bin/reliability tiers [rounds]}. */
final class TierReliabilityMain {

    private static final int ROUNDS = 10;
    private static final Duration LOSS = Duration.ofSeconds(5);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final List<String> COHERENCES = List.of("", "&coherence=bus");

    private TierReliabilityMain() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 0 || args.length > 2 || !args[0].equals("tiers")) {
            System.err.println("usage: bin/reliability tiers [rounds]");
            System.exit(2);
        }
        // Larder and Lettuce tell of what fails, which is what this is about.
        LogManager.getLogManager().reset();
        int rounds = args.length == 2 ? Integer.parseInt(args[1]) : ROUNDS;
        TierFaults faults = new TierFaults(LOSS, rounds);
        System.out.println("\n## Two programs with near tiers, and one that writes\n");
        boolean isFirst = true;
        for (String coherence : COHERENCES) {
            TrialRow none = faults.none(coherence).row("none");
            System.out.println(isFirst ? none.head() + "\n" + none : none);
            isFirst = false;
            System.out.println(faults.connectionsAreCut(coherence).row("all connections of the readers are cut"));
            System.out.println(faults.theServerIsKilled(coherence).row("the server is killed, and another started"));
            System.out.println(
                    faults.answersAreLost(coherence).row("for " + LOSS.toSeconds() + " s nothing reaches the readers"));
            System.out.println(new TierFaults(STOP, Math.max(1, rounds / 5))
                    .aReaderIsStopped(coherence)
                    .row("a reader is stopped (SIGSTOP) for " + STOP.toSeconds() + " s"));
        }
        System.out.println(faults.theLeaderOfSentinelsIsKilled().row("Sentinel: the leader is killed"));
        System.out.println(faults.slotsMove().row("Cluster: the slots of all keys move"));
    }
}
