package io.larder.bench.codecs;

import io.larder.bench.memory.Figures;
import io.larder.bench.report.MarkdownTable;
import io.larder.bench.report.Versions;
import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Spread;
import java.util.ArrayList;
import java.util.List;

/** Writes results as Markdown tables; the sizes are those of the encoded values. */
record CodecsTable(Results<CodecCell, CodecPeer, Figures> results, EncodedBytes encodedBytes) {

    /** Returns all figures of a size, a line for each peer. */
    String of(int valueBytes) {
        MarkdownTable table = new MarkdownTable().words("codec").numbers("bytes");
        for (CodecCall call : CodecCall.values()) {
            table.numbers(call.label() + ", ns").words("of").numbers("times as fast", "allocated, bytes");
        }
        for (CodecPeer peer : CodecPeer.values()) {
            int bytes = encodedBytes.of(valueBytes, peer);
            List<String> row = new ArrayList<>(List.of(peer.label(), String.valueOf(bytes)));
            for (CodecCall call : CodecCall.values()) {
                CodecCell cell = new CodecCell(call, valueBytes);
                row.add(results.spread(cell, peer, Figures::nanosPerCall).text(0));
                row.add(peer.rival().map(CodecPeer::label).orElse(""));
                row.add(ratio(cell, peer));
                row.add(Spread.of(results.spread(cell, peer, Figures::bytesPerCall)
                                .median())
                        .text(0));
            }
            table.row(row);
        }
        return table.text();
    }

    private String ratio(CodecCell cell, CodecPeer peer) {
        return peer.rival()
                .map(other -> results.ratio(cell, peer, List.of(other), Figures::callsPerSecond)
                        .text(2))
                .orElse(Spread.NOTHING);
    }

    static String versions() {
        Versions versions = new Versions();
        MarkdownTable table = new MarkdownTable().words("library", "version");
        for (CodecPeer peer : CodecPeer.values()) {
            if (peer.rival().isEmpty() && !peer.library().isEmpty()) {
                table.row(List.of(peer.label(), versions.of(peer.library())));
            }
        }
        return table.row(List.of("Larder", versions.of("larder"))).text();
    }
}
