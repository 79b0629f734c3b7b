package io.larder.config;

import io.larder.url.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells which settings stand where something can stand, and writes all that mean the same the same way. Confined to one thread. */
final class Shape {

    private final Mistakes mistakes;
    private final Set<String> unknownSections = new HashSet<>();

    Shape(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /** Returns those of {@code settings} that have their place. */
    List<Setting> of(List<Setting> settings) {
        List<Setting> shaped = new ArrayList<>();
        settings.forEach(setting -> add(setting, shaped));
        return shaped;
    }

    private void add(Setting setting, List<Setting> shaped) {
        int depth = setting.path().size();
        switch (setting.section()) {
            case Setting.BACKENDS -> addBackend(setting, depth, shaped);
            case Setting.CACHES -> addCache(setting, depth, shaped);
            case Setting.DEFAULTS -> {
                if (depth == 2) {
                    shaped.add(setting);
                } else if (depth > 2 || !setting.value().isEmpty()) {
                    wrong(
                            setting,
                            "'" + setting.key()
                                    + "' cannot stand here: 'defaults' has parameters, such as 'ttl', each with a value");
                }
            }
            default -> {
                if (unknownSections.add(setting.section())) {
                    List<String> known = new ArrayList<>(Setting.SECTIONS);
                    known.add(Setting.PROFILES);
                    wrong(
                            setting,
                            "Unknown section '" + setting.section() + "'." + Nearest.hint(setting.section(), known));
                }
            }
        }
    }

    private void addBackend(Setting setting, int depth, List<Setting> shaped) {
        if (depth == 2) {
            shaped.add(setting.at(List.of(Setting.BACKENDS, setting.name(), Setting.URL)));
        } else if (depth == 3) {
            shaped.add(setting);
        } else if (depth > 3 || !setting.value().isEmpty()) {
            wrong(
                    setting,
                    "'" + setting.key()
                            + "' cannot stand here: 'backends' has names, each with a URL, or with 'url' and parameters");
        }
    }

    private void addCache(Setting setting, int depth, List<Setting> shaped) {
        boolean isRoute = depth >= 3 && setting.path().get(2).equals(Setting.ROUTES);
        if (isRoute && depth == 3) {
            addRoutes(setting, shaped);
        } else if (depth == 3
                || (isRoute && depth == 4)
                || (depth == 2 && setting.value().isEmpty())) {
            shaped.add(setting);
        } else if (depth > 1 || !setting.value().isEmpty()) {
            wrong(
                    setting,
                    "'" + setting.key()
                            + "' cannot stand here: 'caches' has names, each with parameters, such as 'ttl', and 'routes'");
        }
    }

    /** Takes routes on one line apart: {@code session:=main, tmp:=local}. */
    private void addRoutes(Setting setting, List<Setting> shaped) {
        for (String route :
                setting.value().isEmpty() ? new String[0] : setting.value().split(",")) {
            int equals = route.lastIndexOf('=');
            if (equals < 0) {
                wrong(
                        setting,
                        "'" + setting.key() + "' must be prefixes and backends such as 'session:=main, tmp:=local'");
                return;
            }
            List<String> path = new ArrayList<>(setting.path());
            path.add(route.substring(0, equals).strip());
            shaped.add(setting.at(path).withValue(route.substring(equals + 1).strip(), ""));
        }
    }

    private void wrong(Setting setting, String what) {
        mistakes.add(setting.where(), what);
    }
}
