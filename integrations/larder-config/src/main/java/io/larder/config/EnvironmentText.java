package io.larder.config;

import io.larder.url.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads variables such as {@code LARDER_CACHES_USERS_STALE_FOR}: a section, a name, a parameter, in upper case and with underscores for
 * all that is neither letter nor digit. Confined to one thread.
 */
final class EnvironmentText {

    static final String FILE = "LARDER_CONFIG";
    static final String PROFILE = "LARDER_PROFILE";
    private static final String PREFIX = "LARDER_";
    private static final String MAIN_URL = "LARDER_URL";

    private final Settings known;
    private final @Nullable String file;
    private final Mistakes mistakes;
    private final List<Setting> read = new ArrayList<>();

    private EnvironmentText(Settings known, @Nullable String file, Mistakes mistakes) {
        this.known = known;
        this.file = file;
        this.mistakes = mistakes;
    }

    /** Returns what {@code environment} sets; with a {@code file}, of the backends and caches that are {@code known} from it alone. */
    static List<Setting> read(
            Map<String, String> environment, Settings known, @Nullable String file, Mistakes mistakes) {
        EnvironmentText text = new EnvironmentText(known, file, mistakes);
        // In the order of their names, so that the same variables give the same messages.
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (variable.startsWith(PREFIX) && !value.isEmpty()) {
                text.add(variable, value);
            }
        });
        return text.read;
    }

    private void add(String variable, String value) {
        String rest = variable.substring(PREFIX.length());
        String section = section(rest);
        if (variable.equals(MAIN_URL)) {
            set(List.of(Setting.BACKENDS, Setting.MAIN, Setting.URL), variable, value);
        } else if (section.equals(Setting.DEFAULTS)) {
            set(List.of(section, parameter(rest.substring(section.length() + 1))), variable, value);
        } else if (!section.isEmpty()) {
            addNamed(section, rest.substring(section.length() + 1), variable, value);
        } else if (!variable.equals(FILE) && !variable.equals(PROFILE)) {
            String word = rest.split("_", 2)[0].toLowerCase(Locale.ROOT);
            // What is not even similar is the business of other programs.
            Nearest.among(word, Setting.SECTIONS)
                    .ifPresent(meant -> mistakes.add(
                            variable, "Unknown variable. Did you mean '" + PREFIX + upper(meant) + "_…'?"));
        }
    }

    private static String section(String rest) {
        return Setting.SECTIONS.stream()
                .filter(section -> rest.startsWith(upper(section) + "_"))
                .findFirst()
                .orElse("");
    }

    private void addNamed(String section, String rest, String variable, String value) {
        Set<String> names = new TreeSet<>(Comparator.comparing(String::length)
                .thenComparing(Comparator.naturalOrder())
                .reversed());
        names.addAll(known.names(section));
        if (section.equals(Setting.BACKENDS)) {
            names.add(Setting.MAIN);
        }
        Optional<String> name = names.stream()
                .filter(each -> (rest + "_").startsWith(upper(each) + "_"))
                .findFirst();
        String word = rest.split("_", 2)[0].toLowerCase(Locale.ROOT);
        if (name.isEmpty() && file != null) {
            mistakes.add(
                    variable,
                    "'" + word + "' is none of the " + section + " in " + file + "." + Nearest.hint(word, names));
            return;
        }
        String found = name.orElse(word);
        String parameter = rest.length() == found.length() ? "" : parameter(rest.substring(found.length() + 1));
        set(parameter.isEmpty() ? List.of(section, found) : List.of(section, found, parameter), variable, value);
    }

    private void set(List<String> path, String variable, String value) {
        read.add(new Setting(path, value, variable, variable));
    }

    private static String parameter(String text) {
        return text.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
