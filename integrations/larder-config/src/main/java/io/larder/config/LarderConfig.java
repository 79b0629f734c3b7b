package io.larder.config;

import io.larder.ConfigException;
import io.larder.LarderBuilder;
import io.larder.url.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A configuration as it has been read: what it declares, where each value comes from, what is wrong. Confined to one thread. */
public final class LarderConfig {

    /** Profiles that a file need not have, because every program may be started in them. */
    private static final Set<String> PROFILES_KNOWN = Set.of("development", "testing", "production");

    private final Mistakes mistakes = new Mistakes();
    private final Settings settings = new Settings();
    private final Set<String> profiles = new TreeSet<>();
    private @Nullable Declarations declarations;

    private LarderConfig() {}

    /** Reads {@code file} and the environment of this process, as the other {@code read} does. */
    public static LarderConfig read(Path file, @Nullable String profile) {
        return read(file, profile, System.getenv());
    }

    /**
     * Reads what is common in {@code file}, lays {@code profile} over it, and the variables of {@code environment} over that. What is
     * wrong does not make this fail: see {@link #mistakes}.
     *
     * @param file whose name ends with .yaml, .yml, .properties or .ini; null for the one that LARDER_CONFIG names, if it does
     * @param profile null for the one that LARDER_PROFILE names, if it does
     */
    public static LarderConfig read(@Nullable Path file, @Nullable String profile, Map<String, String> environment) {
        String named = variable(environment, EnvironmentText.FILE);
        LarderConfig config = new LarderConfig();
        config.layAll(
                file != null || named == null ? file : Path.of(named),
                profile == null ? variable(environment, EnvironmentText.PROFILE) : profile,
                environment);
        return config;
    }

    private static @Nullable String variable(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    private void layAll(@Nullable Path path, @Nullable String profile, Map<String, String> environment) {
        if (path != null) {
            ConfigFile file = ConfigFile.read(path, mistakes);
            layFile(file, profile);
            if (!file.isReadable()) {
                return;
            }
        }
        String name = path == null ? null : path.toString();
        settings.lay(new Shape(mistakes).of(EnvironmentText.read(environment, settings, name, mistakes)));
        settings.expand(new Variables(environment, mistakes));
        declarations = new Declarations(settings, name == null ? "environment" : name, mistakes);
    }

    private void layFile(ConfigFile file, @Nullable String chosen) {
        List<Setting> common = new ArrayList<>();
        Map<String, List<Setting>> byProfile = new TreeMap<>();
        for (Setting setting : file.settings()) {
            String profile = setting.profile();
            if (profile != null) {
                List<Setting> of = byProfile.computeIfAbsent(profile, none -> new ArrayList<>());
                if (setting.path().size() > 2) {
                    of.add(setting.at(setting.path().subList(2, setting.path().size()))
                            .withValue(setting.value(), "profile " + profile));
                } else if (!setting.value().isEmpty()) {
                    mistakes.add(
                            setting.where(),
                            "'" + setting.key() + "' cannot stand here: a profile has sections, such as 'backends'");
                }
            } else if (!setting.section().equals(Setting.PROFILES)) {
                common.add(setting);
            } else if (!setting.value().isEmpty()) {
                mistakes.add(setting.where(), "'profiles' has names such as 'testing', each with sections");
            }
        }
        profiles.addAll(byProfile.keySet());
        settings.lay(new Shape(mistakes).of(common));
        // Those that are not chosen are looked at too, for a mistake in one should not wait for the day when it is.
        byProfile.forEach((profile, of) -> {
            List<Setting> shaped = new Shape(mistakes).of(of);
            if (profile.equals(chosen)) {
                settings.lay(shaped);
            }
        });
        if (chosen != null && file.isReadable() && !profiles.contains(chosen) && !PROFILES_KNOWN.contains(chosen)) {
            Set<String> known = new TreeSet<>(PROFILES_KNOWN);
            known.addAll(profiles);
            mistakes.add(file.name(), "No profile '" + chosen + "'." + Nearest.hint(chosen, known));
        }
    }

    /** Returns the profiles that the file has, sorted. */
    public Set<String> profiles() {
        return new TreeSet<>(profiles);
    }

    /** Returns all that is wrong, each with its file and line, or its variable; nothing that is secret. */
    public List<String> mistakes() {
        return mistakes.lines();
    }

    /**
     * Returns a builder of a Larder with all backends and caches that are declared, for what a file cannot express; caches that are not
     * are at the backend of {@code defaults}.
     *
     * @throws ConfigException which lists all mistakes
     */
    public LarderBuilder builder() {
        return sound().builder();
    }

    /**
     * Returns all values in effect, without secrets: of each cache also those that it has from its backend and from {@code defaults}.
     *
     * @throws ConfigException which lists all mistakes
     */
    public List<ConfigValue> values() {
        return sound().values();
    }

    /**
     * Returns the {@link #values} as YAML, with the source of each as a comment; what nobody has set is a comment as a whole. Read again,
     * it declares the same, except for secrets.
     *
     * @throws ConfigException which lists all mistakes
     */
    public String show() {
        return Listing.of(values());
    }

    private Declarations sound() {
        if (declarations == null || !mistakes.isEmpty()) {
            throw mistakes.exception();
        }
        return declarations;
    }
}
