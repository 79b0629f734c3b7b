package io.larder.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All settings in effect, each once. Confined to one thread. */
final class Settings {

    private final Map<List<String>, Setting> byPath = new LinkedHashMap<>();

    /** Lays {@code over} over what is there. Who gives a backend's URL gives the backend: parameters of the old one go with it. */
    void lay(Collection<Setting> over) {
        for (Setting setting : over) {
            if (setting.section().equals(Setting.BACKENDS) && setting.name().equals(Setting.URL)) {
                byPath.values()
                        .removeIf(
                                old -> old.isIn(Setting.BACKENDS, setting.path().get(1)));
            }
        }
        over.forEach(setting -> byPath.put(setting.path(), setting));
    }

    void expand(Variables variables) {
        byPath.replaceAll((path, setting) -> variables.expand(setting));
    }

    /** Returns the names in a section, in their order. */
    Set<String> names(String section) {
        Set<String> names = new LinkedHashSet<>();
        byPath.keySet().stream().filter(path -> path.get(0).equals(section)).forEach(path -> names.add(path.get(1)));
        return names;
    }

    /** Returns what is set directly below {@code parts}. */
    List<Setting> in(String... parts) {
        return byPath.values().stream()
                .filter(setting -> setting.isIn(parts) && setting.path().size() == parts.length + 1)
                .toList();
    }
}
