package io.larder.cli;

import io.larder.spi.KeyPattern;
import picocli.CommandLine.Option;

/** The option of verbs that look at all keys, or at those that match. */
final class MatchOption {

    @Option(
            names = "--match",
            paramLabel = "GLOB",
            description = "Only keys like this: *, ?, [a-z]; \\ takes the next character as it is. Default: all")
    String glob = "*";

    KeyPattern pattern() {
        return KeyPattern.glob(glob);
    }
}
