package io.larder.config;

import io.larder.Larder;
import io.larder.url.Nearest;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells which keys can stand where parameters do. Confined to one thread. */
final class Keys {

    private final ParameterSet shared = Larder.parameters(Target.NOWHERE.base());
    private final Mistakes mistakes;

    /** Makes one that tells {@code mistakes} of keys that nobody knows. */
    Keys(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /** Returns what can be said of every cache, wherever it is. */
    List<Parameter> shared() {
        return shared.parameters();
    }

    /** Returns those of {@code given} that can be said of every cache. */
    List<Setting> shared(List<Setting> given) {
        return given.stream().filter(setting -> shared.has(setting.name())).toList();
    }

    /**
     * Returns those of {@code given} that are parameters, without those named {@code others}, and tells of the unknown ones; where
     * {@code own} is null, because nobody knows the backend, of those that are probably slips.
     */
    List<Setting> known(List<Setting> given, @Nullable ParameterSet own, String of, String... others) {
        List<String> names = new ArrayList<>(List.of(others));
        (own == null ? shared : own.and(shared)).parameters().forEach(each -> {
            if (!names.contains(each.name())) {
                names.add(each.name());
            }
        });
        List<Setting> known = new ArrayList<>();
        for (Setting setting : given) {
            if (!names.contains(setting.name())) {
                if (own != null || Nearest.among(setting.name(), names).isPresent()) {
                    mistakes.add(
                            setting.where(),
                            "Unknown key '" + setting.name() + "' " + of + "." + Nearest.hint(setting.name(), names));
                }
            } else if (!List.of(others).contains(setting.name())) {
                known.add(setting);
            }
        }
        return known;
    }
}
