package io.larder.bench.start;

import java.util.List;

/** What is typed, in the order of the table. */
@SuppressWarnings("ImmutableEnumChecker") // Lists that nobody can change.
enum Command {
    /** What any JVM takes. */
    JVM("`java --version`, beside it", List.of()),
    /** No cache is opened. */
    VERSION("`bin/larder --version`", List.of("--version")),
    /** A read from the folder that all commands share. */
    GET("`bin/larder get k`", List.of("get", "k"));

    private final String label;
    private final List<String> words;

    Command(String label, List<String> words) {
        this.label = label;
        this.words = words;
    }

    String label() {
        return label;
    }

    /** Returns what is given to {@code bin/larder}. */
    List<String> words() {
        return words;
    }
}
