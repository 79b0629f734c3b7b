package io.larder.bench.tiers;

import io.larder.bench.worker.Orders;
import java.nio.file.Path;
import java.util.Map;

/** The program that runs in a JVM of one peer, as {@link TierProcess} tells it to. */
final class TierWorker {

    private TierWorker() {}

    /** Serves until its input ends. */
    public static void main(String[] args) {
        TieredCache cache = TierPeer.valueOf(args[0]).open(Integer.parseInt(args[1]));
        Board board = Board.open(Path.of(args[2]), Integer.parseInt(args[3]));
        VersionedCache versions = new VersionedCache(cache, board);
        TierLoad load = new TierLoad(versions, Integer.parseInt(args[4]), Integer.parseInt(args[5]));
        RaceLoad race = new RaceLoad(versions);
        Orders.obey(Map.of(
                "clock",
                words -> String.valueOf(System.nanoTime()),
                "fill",
                words -> {
                    load.fill();
                    return "";
                },
                "run",
                words -> load.run(Shift.parse(words)).text(),
                "stale",
                words -> String.valueOf(load.stale()),
                "call",
                words -> {
                    load.call(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                    return "";
                },
                "listen",
                words -> TierLap.text(load.listen(Integer.parseInt(words[1]), Long.parseLong(words[2]))),
                "settle",
                words -> {
                    race.settle();
                    return "";
                },
                "race-read",
                words -> String.valueOf(race.read()),
                "race-write",
                words -> {
                    race.write();
                    return "";
                }));
    }
}
