package io.larder.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One value as somebody has set it. Immutable.
 *
 * @param path sections and names, the parameter last
 * @param where what a message begins with: a file and a line, or a variable
 * @param source where it comes from, with all that had a part in it
 */
record Setting(List<String> path, String value, String where, String source) {

    static final String BACKENDS = "backends";
    static final String CACHES = "caches";
    static final String DEFAULTS = "defaults";
    static final String PROFILES = "profiles";
    /** What there is to set, in the order in which it is shown. */
    static final List<String> SECTIONS = List.of(BACKENDS, CACHES, DEFAULTS);

    static final String URL = "url";
    /** Names a backend, in a cache or in defaults. */
    static final String BACKEND = "backend";
    /** The backend of those that name none. */
    static final String MAIN = "default";

    static final String ROUTES = "routes";

    Setting {
        path = List.copyOf(path);
    }

    /** Returns the one of {@code given} with this name, or null. */
    static @Nullable Setting find(List<Setting> given, String name) {
        return given.stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    String section() {
        return path.get(0);
    }

    /** Returns the last part of the path: a parameter, or a prefix. */
    String name() {
        return path.get(path.size() - 1);
    }

    String key() {
        return String.join(".", path);
    }

    /** Returns the name of the profile that it belongs to, or null. */
    @Nullable
    String profile() {
        return section().equals(PROFILES) && path.size() > 1 ? path.get(1) : null;
    }

    Setting at(List<String> path) {
        return new Setting(path, value, where, source);
    }

    Setting withValue(String value, String note) {
        return new Setting(path, value, where, note.isEmpty() ? source : source + ", " + note);
    }

    boolean isIn(String... parts) {
        return path.size() > parts.length && path.subList(0, parts.length).equals(List.of(parts));
    }
}
