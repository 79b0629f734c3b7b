package io.larder.bench.engines;

import io.larder.bench.mix.MixCell;
import io.larder.bench.mix.MixFigures;
import io.larder.bench.mix.MixPlan;
import io.larder.bench.mix.MixReport;
import io.larder.bench.mix.MixRounds;
import io.larder.bench.report.MarkdownTable;
import io.larder.bench.report.Report;
import io.larder.bench.report.Versions;
import io.larder.bench.rounds.Effort;
import io.larder.bench.rounds.Results;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Tries and measures the engines on the disk of this machine, and tells what came of it. */
public final class EnginesSuite {

    static final List<Integer> VALUE_BYTES = List.of(1_024);

    /** Fewer than on disk, because half of the writes wait for it. */
    private static final int OPERATIONS = 20_000;

    private static final int KILLS_FULL = 20;
    private static final int KILLS_QUICK = 3;

    private EnginesSuite() {}

    /** Tries, then measures. */
    public static Report run(Effort effort) throws IOException {
        int kills = effort == Effort.FULL ? KILLS_FULL : KILLS_QUICK;
        Trials trials = new Trials(kills, new Random(), System.err);
        Map<EnginePeer, Trials.Verdict> verdicts = new EnumMap<>(EnginePeer.class);
        for (EnginePeer peer : EnginePeer.values()) {
            verdicts.put(peer, trials.of(peer));
        }
        MixPlan plan = MixPlan.of(VALUE_BYTES, OPERATIONS, effort);
        try (MixRounds<EnginePeer> rounds = new MixRounds<>(plan, List.of(EnginePeer.values()))) {
            return report(rounds.run(System.err), plan, verdicts, kills);
        }
    }

    static Report report(
            Results<MixCell, EnginePeer, MixFigures> results,
            MixPlan plan,
            Map<EnginePeer, Trials.Verdict> verdicts,
            int kills)
            throws IOException {
        return new MixReport<>(
                        "engines",
                        "Embedded engines, measured",
                        List.of(EnginePeer.values()),
                        "SQLite of the same durability",
                        EnginePeer::rival,
                        tried(verdicts, kills),
                        notes())
                .of(results, plan);
    }

    private static String tried(Map<EnginePeer, Trials.Verdict> verdicts, int kills) {
        MarkdownTable table = new MarkdownTable().words("engine", "a second process", "all there after a kill");
        verdicts.forEach((peer, verdict) -> table.row(List.of(peer.label(), verdict.sharing(), verdict.killing())));
        return """
                ## Tried

                *A second process*: whether it can open the folder at the same time, and each sees at once what the other puts. *All there
                after a kill*: a process that puts value after value is killed (SIGKILL) %d times at random moments, and the next one
                looks for every value that was acknowledged, and for others.

                %s
                """.formatted(kills, table.text());
    }

    private static String notes() {
        Versions versions = new Versions();
        MarkdownTable table = new MarkdownTable().words("engine", "library", "what it waits for");
        for (EnginePeer peer : EnginePeer.values()) {
            table.row(List.of(peer.label(), peer.library() + " " + versions.of(peer.library()), peer.setting()));
        }
        return """
                Keys are strings and values bytes, in one map or table; one write is one transaction. SQLite has one connection that
                writes and one for each thread that reads. LMDB's values are copied out of its map, and it needs `--add-opens` for its
                buffers. The rest is as it comes. A power failure was not tried: after one, `MDB_NOSYNC` may leave a damaged file, says
                LMDB's documentation, where the others' relaxed settings lose the last writes.

                """ + table.text();
    }
}
