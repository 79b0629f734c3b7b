package io.larder.config;

import static io.larder.config.Setting.BACKENDS;
import static io.larder.config.Setting.DEFAULTS;
import static io.larder.config.Setting.MAIN;

import io.larder.ConfigException;
import io.larder.Larder;
import io.larder.url.CacheUrl;
import io.larder.url.Nearest;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import io.larder.url.TieredUrl;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The backends that settings declare, with what holds for all caches at them. Confined to one thread. */
final class DeclaredBackends {

    private static final String USER = "user";
    private static final String PASSWORD = "password";

    private final Settings settings;
    private final Keys keys;
    private final Mistakes mistakes;
    private final Map<String, Target> working = new LinkedHashMap<>();
    /** What may be said of the caches at each; also of one that cannot work, if that is known. */
    private final Map<String, ParameterSet> allowed = new HashMap<>();

    private final @Nullable Target main;

    /** Makes what is declared; what is wrong goes to {@code mistakes}, {@code where} tells where what is missing should be. */
    DeclaredBackends(Settings settings, String where, Keys keys, Mistakes mistakes) {
        this.settings = settings;
        this.keys = keys;
        this.mistakes = mistakes;
        List<Setting> defaults = defaults();
        settings.names(BACKENDS).forEach(name -> declare(name, defaults));
        this.main = main(where);
    }

    private List<Setting> defaults() {
        List<Setting> known = keys.known(settings.in(DEFAULTS), ParameterSet.NONE, "of 'defaults'", Setting.BACKEND);
        return List.copyOf(Target.NOWHERE.fitted(known, mistakes).parameters().values());
    }

    private void declare(String name, List<Setting> defaults) {
        List<Setting> given = settings.in(BACKENDS, name);
        Setting url = Setting.find(given, Setting.URL);
        if (url == null) {
            mistakes.add(
                    given.get(0).where(), "Backend '" + name + "' has no 'url'. Write one such as 'memory:?max=10k'");
            return;
        }
        try {
            TieredUrl tiers = TieredUrl.parse(url.value());
            CacheUrl parsed = withLogin(tiers.last(), given);
            ParameterSet possible = Larder.parameters(parsed);
            allowed.put(name, possible);
            List<Setting> known = keys.known(given, possible, "of backend '" + name + "'", Setting.URL, USER, PASSWORD);
            possible.check(parsed);
            Map<String, Setting> own = new LinkedHashMap<>();
            for (String parameter : parsed.parameters().names()) {
                String value = String.valueOf(parsed.parameters().text(parameter));
                own.put(parameter, url.at(List.of(BACKENDS, name, parameter)).withValue(value, ""));
            }
            known.forEach(setting -> own.put(setting.name(), setting));
            Target place = new Target(tiers.nearer(), parsed.with(Parameters.NONE), Map.of()).with(defaults);
            Optional<String> refusal = place.refusal();
            if (refusal.isPresent()) {
                mistakes.add(url.where(), refusal.get());
            } else {
                working.put(name, place.fitted(List.copyOf(own.values()), mistakes));
            }
        } catch (ConfigException e) {
            mistakes.add(url.where(), String.valueOf(e.getMessage()));
        }
    }

    /** Puts in user and password, which need no escapes outside of the URL; an empty one is none. */
    private static CacheUrl withLogin(CacheUrl url, List<Setting> given) {
        List<Setting> login =
                given.stream().filter(setting -> !setting.value().isEmpty()).toList();
        Setting user = Setting.find(login, USER);
        Setting password = Setting.find(login, PASSWORD);
        String ownUser = url.user() == null && password != null ? "" : url.user();
        return new CacheUrl(
                url.scheme(),
                user == null ? ownUser : user.value(),
                password == null ? url.password() : password.value(),
                url.hosts(),
                url.path(),
                url.parameters());
    }

    private @Nullable Target main(String where) {
        Setting named = reference();
        if (named != null) {
            return at(named);
        }
        if (!settings.names(BACKENDS).contains(MAIN)) {
            mistakes.add(
                    where,
                    "No backend '" + MAIN
                            + "'. Declare it in 'backends', name another by 'backend' in 'defaults', or set LARDER_URL");
        }
        return working.get(MAIN);
    }

    /** Returns the backend that {@code reference} names, or null, which is told, when there is none that works. */
    @Nullable
    Target at(Setting reference) {
        if (!settings.names(BACKENDS).contains(reference.value())) {
            mistakes.add(
                    reference.where(),
                    "No backend '" + reference.value() + "'."
                            + Nearest.hint(reference.value(), settings.names(BACKENDS)));
        }
        return working.get(reference.value());
    }

    /** Returns the backend of the caches that name none, or null when it does not work. */
    @Nullable
    Target main() {
        return main;
    }

    /** Returns what names the backend of the caches that name none themselves, or null when it is the one called 'default'. */
    @Nullable
    Setting reference() {
        return Setting.find(settings.in(DEFAULTS), Setting.BACKEND);
    }

    /** Returns what may be said of the caches at the backend that {@code reference} names, or null when nobody knows. */
    @Nullable
    ParameterSet allowed(@Nullable Setting reference) {
        return allowed.get(reference == null ? MAIN : reference.value());
    }
}
