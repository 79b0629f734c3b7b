package io.larder.bench.load;

import io.larder.bench.report.MarkdownTable;
import io.larder.bench.report.Versions;
import java.util.List;

/**
 * What readers are told of a peer, in a few words each.
 *
 * @param label the name that they know
 * @param library the name under which the build knows its version; empty for a program that comes with the server
 * @param connections to the server
 * @param bulk how it reads many
 * @param readThrough how it reads through
 */
public record PeerFacts(String label, String library, String connections, String bulk, String readThrough) {

    static String table(List<? extends LoadPeer> peers, String serverVersion) {
        Versions versions = new Versions();
        MarkdownTable table =
                new MarkdownTable().words("client", "version", "connections", "50 at once", "read through");
        for (LoadPeer peer : peers) {
            PeerFacts facts = peer.facts();
            String version = facts.library().isEmpty() ? serverVersion : versions.of(facts.library());
            table.row(List.of(facts.label(), version, facts.connections(), facts.bulk(), facts.readThrough()));
        }
        return table.text();
    }
}
