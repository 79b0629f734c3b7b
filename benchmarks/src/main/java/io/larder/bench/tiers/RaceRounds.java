package io.larder.bench.tiers;

import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import io.larder.bench.rounds.Turns;
import io.larder.testkit.servers.FaultyWire;
import io.larder.testkit.servers.RedisServer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Provokes the race in which a near tier is filled with what has just been changed: one process reads over a slow wire what another
 * writes meanwhile over a quick one.
 */
record RaceRounds(TiersPlan plan, RedisServer server, PrintStream progress) {

    /** Keeps the boards in a folder, which is the caller's to remove. */
    Results<Integer, TierPeer, RaceFigures> run(Path folder) {
        List<Score<Integer, TierPeer, RaceFigures>> scores = new ArrayList<>();
        for (int round = 1; round <= plan.rounds(); round++) {
            for (TierPeer peer : Turns.of(TierPeer.TIERED, round)) {
                RaceFigures figures = race(peer, folder.resolve("race-" + round + "-" + peer.name()));
                progress.printf(
                        Locale.ROOT,
                        "round %d/%d  the race  %-26s %4.0f of %d reads overtaken, left stale %4.0f%n",
                        round,
                        plan.rounds(),
                        peer.label(),
                        figures.overtaken(),
                        plan.races(),
                        figures.left());
                scores.add(new Score<>(round, RaceLoad.READERS, peer, figures));
            }
        }
        return new Results<>(scores);
    }

    RaceFigures race(TierPeer peer, Path board) {
        // What an earlier round has left is not to be read.
        server.command("FLUSHALL");
        int keys = plan.races() + 1;
        try (FaultyWire wire = FaultyWire.to(server);
                TierProcess writer = TierProcess.start(peer, server.port(), board, keys, 0, 1);
                TierProcess reader = TierProcess.start(peer, wire.port(), board, keys, 0, 1)) {
            writer.fill();
            wire.answers(new SlowAnswers());
            int overtaken = reader.race(writer);
            wire.heal();
            LockSupport.parkNanos(plan.quiet().toNanos());
            return new RaceFigures(overtaken, reader.stale());
        }
    }
}
