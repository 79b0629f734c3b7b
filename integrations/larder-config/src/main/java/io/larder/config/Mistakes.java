package io.larder.config;

import io.larder.ConfigException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All that is wrong with a configuration. Confined to one thread. */
final class Mistakes {

    private final Set<Mistake> mistakes = new LinkedHashSet<>();
    private final Set<String> explained = new HashSet<>();

    private record Mistake(String where, String what) {

        int line() {
            String number = where.substring(where.lastIndexOf(':') + 1);
            return number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0;
        }
    }

    void add(String where, String what) {
        if (!explained.contains(where)) {
            mistakes.add(new Mistake(where, what));
        }
    }

    /** Adds one that explains whatever else is wrong at the same place from now on. */
    void addCause(String where, String what) {
        mistakes.add(new Mistake(where, what));
        explained.add(where);
    }

    /** Returns each on a line of its own, in the order in which they stand in the file. */
    List<String> lines() {
        return mistakes.stream()
                .sorted(Comparator.comparingInt(Mistake::line))
                .map(mistake -> mistake.where() + ": " + mistake.what())
                .toList();
    }

    boolean isEmpty() {
        return mistakes.isEmpty();
    }

    ConfigException exception() {
        List<String> lines = lines();
        return new ConfigException(
                lines.size() == 1
                        ? lines.get(0)
                        : lines.size() + " mistakes in the configuration:\n" + String.join("\n", lines));
    }
}
