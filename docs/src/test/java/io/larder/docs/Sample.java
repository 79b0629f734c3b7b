package io.larder.docs;

import java.util.stream.Collectors;

/**
 * A block of Java from a page, as the body of a method. Its lines keep the numbers that they have on the page, so that the
 * compiler's messages and stack traces point there.
 *
 * @param name of the class that it becomes
 * @param output what it must print, or null when the page does not say
 */
record Sample(String name, Page page, Page.Block block, String output) {

    private static final String IMPORTS = String.join(
            " ",
            "import io.larder.*;",
            "import io.larder.Clock;",
            "import io.larder.annotations.*;",
            "import io.larder.codec.*;",
            "import io.larder.config.*;",
            "import io.larder.disk.*;",
            "import io.larder.layer.*;",
            "import io.larder.load.*;",
            "import io.larder.memory.*;",
            "import io.larder.redis.*;",
            "import io.larder.spi.*;",
            "import io.larder.testkit.*;",
            "import io.larder.url.*;",
            "import java.nio.file.Path;",
            "import java.time.*;",
            "import java.util.*;",
            "import java.util.concurrent.*;",
            "import java.util.concurrent.atomic.*;",
            "import java.util.stream.*;");

    String source() {
        String own = block.lines().stream().filter(Sample::isImport).collect(Collectors.joining(" "));
        String body = SampleFiles.substituted(SampleFolder.substituted(SampleServer.substituted(
                block.lines().stream().map(line -> isImport(line) ? "" : line).collect(Collectors.joining("\n")))));
        String head = IMPORTS + " " + own + " public class " + name + " { public static void run() throws Exception {";
        return "\n".repeat(block.line() - 2) + head + "\n" + body + "\n}}";
    }

    private static boolean isImport(String line) {
        return line.startsWith("import ");
    }
}
