package io.larder.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that samples read: the last block above that begins with the file's name, as in {@code # larder.yaml}. */
final class SampleFiles {

    private static final Pattern FIRST_LINE = Pattern.compile("# ([\\w-]+\\.(?:yaml|properties|ini))");
    private static final Pattern PATH = Pattern.compile("Path\\.of\\(\"([\\w-]+\\.(?:yaml|properties|ini))\"\\)");

    private SampleFiles() {}

    /** Returns a sample that looks for its files in its own folder. */
    static String substituted(String source) {
        return PATH.matcher(source)
                .replaceAll(
                        Matcher.quoteReplacement("Path.of(" + SampleFolder.class.getName() + ".path(), \"") + "$1\")");
    }

    /** Returns what stands in the files that a sample names. */
    static Map<String, String> of(Sample sample) {
        Map<String, String> files = new LinkedHashMap<>();
        for (Page.Block block : sample.page().blocks()) {
            Matcher first = FIRST_LINE.matcher(
                    block.lines().isEmpty() ? "" : block.lines().get(0));
            if (block.line() < sample.block().line()
                    && first.matches()
                    && sample.block().text().contains('"' + first.group(1) + '"')) {
                files.put(first.group(1), block.text() + "\n");
            }
        }
        return files;
    }

    /** Writes them to the sample's folder, with the servers' addresses in place of the names. */
    static void write(Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(Path.of(SampleFolder.path(), file.getKey()), SampleServer.inFile(file.getValue()));
        }
    }

    /** Returns what a sample printed, with the names of files in place of their paths. */
    static String renamed(String printed, Map<String, String> files) {
        String renamed = printed;
        for (String name : files.keySet()) {
            renamed = renamed.replace(Path.of(SampleFolder.path(), name).toString(), name);
        }
        return renamed;
    }
}
