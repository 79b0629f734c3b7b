package io.larder.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder that samples call {@value #NAMED}: one of its own for each. */
public final class SampleFolder {

    private static final String NAMED = "/var/cache/shop";
    private static final String CALL = SampleFolder.class.getName() + ".path()";

    private static Path folder;

    private SampleFolder() {}

    /** Returns a sample with the folder's path in place of the name. */
    static String substituted(String source) {
        return source.replace("\"disk:" + NAMED, "\"disk:\" + " + CALL + " + \"")
                .replace('"' + NAMED, CALL + " + \"");
    }

    /** Makes a folder if the sample needs one. */
    static void prepare(String substituted) throws IOException {
        if (substituted.contains(CALL)) {
            folder = Files.createTempDirectory("larder-sample");
        }
    }

    /** Returns the path of the folder; what samples call. */
    public static String path() {
        return folder.toString();
    }

    /** Returns what a sample printed, with the name in place of the path. */
    static String renamed(String printed) {
        return folder == null ? printed : printed.replace(folder.toString(), NAMED);
    }

    static void remove() {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> insideOut = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : insideOut) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        folder = null;
    }
}
