package io.larder.disk;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Looks whether a folder agrees with itself. */
final class Integrity {

    private Integrity() {}

    /** Returns everything that contradicts something else. */
    static List<String> faults(Path folder) {
        Path values = folder.resolve("values-1");
        List<String> faults = new ArrayList<>();
        try (Session session = Session.open(
                folder.resolve("larder-1.db"),
                new ValueFiles(values, DiskConfig.Sync.NORMAL, 0),
                new ChangeCounts(ByteBuffer.allocateDirect(0)))) {
            List<String> found = session.all(row -> row.text(1), "PRAGMA integrity_check");
            if (!found.equals(List.of("ok"))) {
                faults.addAll(found);
            }
            for (String[] file : session.all(
                    row -> new String[] {HexFormat.of().toHexDigits(row.number(1)), row.text(2)},
                    "SELECT file, size FROM entries WHERE file IS NOT NULL")) {
                Path path = values.resolve(file[0].substring(14)).resolve(file[0]);
                if (!Files.exists(path) || Files.size(path) != Long.parseLong(file[1])) {
                    faults.add("file " + path + " is not there with " + file[1] + " bytes");
                }
            }
            count(
                    session,
                    faults,
                    "what files take is counted wrongly",
                    "SELECT file_bytes - ("
                            + "SELECT ifnull(sum(size), 0) FROM entries WHERE file IS NOT NULL) FROM totals");
            count(
                    session,
                    faults,
                    "a tag names an entry that is not there",
                    "SELECT count(*) FROM tags" + " WHERE entry NOT IN (SELECT id FROM entries)");
            count(
                    session,
                    faults,
                    "an entry is in no room",
                    "SELECT count(*) FROM entries" + " WHERE room NOT IN (SELECT id FROM rooms)");
        } catch (SQLException | java.io.IOException e) {
            faults.add(e.toString());
        }
        return faults;
    }

    private static void count(Session session, List<String> faults, String what, String sql) throws SQLException {
        if (session.number(sql) != 0) {
            faults.add(what);
        }
    }
}
