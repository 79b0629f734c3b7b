package io.larder.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** Reads configurations, and what is said about them. */
abstract class MistakesFixture {

    @TempDir
    Path folder;

    LarderConfig read(String name, @Nullable String profile, Map<String, String> environment, String... lines)
            throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, String.join("\n", lines) + "\n");
        return LarderConfig.read(file, profile, environment);
    }

    List<String> mistakes(String name, @Nullable String profile, Map<String, String> environment, String... lines)
            throws IOException {
        return read(name, profile, environment, lines).mistakes().stream()
                .map(mistake -> mistake.replace(folder + "/", ""))
                .toList();
    }

    List<String> mistakes(String... lines) throws IOException {
        return mistakes("larder.yaml", null, Map.of(), lines);
    }

    static String[] sound(String... more) {
        String[] lines = Arrays.copyOf(new String[] {"backends: {default: 'shelf:'}"}, more.length + 1);
        System.arraycopy(more, 0, lines, 1, more.length);
        return lines;
    }
}
