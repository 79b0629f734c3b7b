package io.larder.bench.disk;

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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Measures all peers on the disk of this machine, and tells what came of it. */
public final class DiskSuite {

    static final List<Integer> VALUE_BYTES = List.of(100, 1_024, 100 * 1_024);

    /** As many as python-diskcache's benchmark makes. */
    private static final int OPERATIONS = 100_000;

    private DiskSuite() {}

    /** Measures those that there are. */
    public static Report run(Effort effort) throws IOException {
        Optional<Diskcache> diskcache = Diskcache.find();
        List<DiskPeer> peers = Stream.of(DiskPeer.values())
                .filter(peer -> peer != DiskPeer.DISKCACHE || diskcache.isPresent())
                .toList();
        MixPlan plan = MixPlan.of(VALUE_BYTES, OPERATIONS, effort);
        try (MixRounds<DiskPeer> rounds = new MixRounds<>(plan, peers)) {
            return report(rounds.run(System.err), plan, diskcache);
        }
    }

    static Report report(Results<MixCell, DiskPeer, MixFigures> results, MixPlan plan, Optional<Diskcache> diskcache)
            throws IOException {
        return new MixReport<>(
                        "disk",
                        "On disk, measured",
                        List.of(DiskPeer.values()),
                        DiskPeer.DISKCACHE.label(),
                        peer -> DiskPeer.DISKCACHE,
                        "",
                        notes(diskcache))
                .of(results, plan);
    }

    private static String notes(Optional<Diskcache> diskcache) {
        return """
                All are as they come. Larder and python-diskcache keep a database in SQLite's WAL mode with `synchronous=NORMAL`: the
                end of a process costs nothing, a power failure the last writes. A file that is renamed says nothing about power
                failures. Ehcache's disk tier writes behind its callers' backs, and keeps nothing for the next process unless it was
                closed; it has no tier in memory here, which would answer for it. Larder keeps copies of what was read, as it always does,
                which answer while no process has changed the entry. Of python-diskcache this is `Cache`, not `FanoutCache`.

                """ + versions(diskcache);
    }

    private static String versions(Optional<Diskcache> diskcache) {
        Versions versions = new Versions();
        MarkdownTable table = new MarkdownTable().words("cache", "version", "callers", "several processes");
        for (DiskPeer peer : DiskPeer.values()) {
            String version = peer == DiskPeer.DISKCACHE
                    ? diskcache.map(Diskcache::version).orElse("missing; on Debian: `apt install python3-diskcache`")
                    : peer.library().isEmpty() ? "JDK" : versions.of(peer.library());
            table.row(List.of(
                    peer.label(),
                    version,
                    peer.processEach() ? "processes" : "threads",
                    peer == DiskPeer.EHCACHE ? "no" : "yes"));
        }
        return table.text();
    }
}
