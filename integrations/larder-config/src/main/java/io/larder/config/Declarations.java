package io.larder.config;

import static io.larder.config.Setting.BACKENDS;
import static io.larder.config.Setting.CACHES;
import static io.larder.config.Setting.DEFAULTS;
import static io.larder.config.Setting.ROUTES;

import io.larder.ConfigException;
import io.larder.Larder;
import io.larder.LarderBuilder;
import io.larder.url.CacheUrl;
import io.larder.url.Nearest;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import io.larder.url.TieredUrl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What settings declare: where the backends are, what holds for each cache. Confined to one thread. */
final class Declarations {

    static final String BACKEND = "backend";
    static final String MAIN = "default";
    private static final String USER = "user";
    private static final String PASSWORD = "password";
    /** What can be said of every cache, wherever it is. */
    private static final CacheUrl NOWHERE = CacheUrl.parse("none:");

    private final ParameterSet shared = Larder.parameters(NOWHERE);
    private final Settings settings;
    private final Mistakes mistakes;
    private final List<Setting> defaults;
    private final Map<String, Target> backends = new LinkedHashMap<>();
    /** What may be said of the caches at each backend; also of one that cannot work, if that is known. */
    private final Map<String, ParameterSet> allowed = new HashMap<>();
    private final Map<String, Cache> caches = new LinkedHashMap<>();
    private final @Nullable Target main;

    /** A cache with all that holds for it, and its routes by prefix. */
    record Cache(Setting backend, Target target, Map<String, Setting> routes, Map<String, Target> targets) {}

    /** Makes what is declared; what is wrong goes to {@code mistakes}, {@code where} tells where what is missing should be. */
    Declarations(Settings settings, String where, Mistakes mistakes) {
        this.settings = settings;
        this.mistakes = mistakes;
        List<Setting> known = known(settings.in(DEFAULTS), ParameterSet.NONE, "of 'defaults'", BACKEND);
        this.defaults = List.copyOf(new Target(List.of(), NOWHERE, Map.of())
                .fitted(known, mistakes)
                .parameters()
                .values());
        settings.names(BACKENDS).forEach(this::declareBackend);
        this.main = main(where);
        settings.names(CACHES).forEach(this::declareCache);
    }

    /**
     * Returns those of {@code given} that are parameters, without those named {@code others}, and tells of the unknown ones; where
     * {@code own} is null, because nobody knows the backend, of those that are probably slips.
     */
    private List<Setting> known(List<Setting> given, @Nullable ParameterSet own, String of, String... others) {
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

    private void declareBackend(String name) {
        List<Setting> given = settings.in(BACKENDS, name);
        Setting url = find(given, Setting.URL);
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
            List<Setting> known =
                    known(given, possible, "of backend '" + name + "'", Setting.URL, USER, PASSWORD);
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
                backends.put(name, place.fitted(List.copyOf(own.values()), mistakes));
            }
        } catch (ConfigException e) {
            mistakes.add(url.where(), String.valueOf(e.getMessage()));
        }
    }

    /** Puts in user and password, which need no escapes outside of the URL; an empty one is none. */
    private static CacheUrl withLogin(CacheUrl url, List<Setting> given) {
        List<Setting> login =
                given.stream().filter(setting -> !setting.value().isEmpty()).toList();
        Setting user = find(login, USER);
        Setting password = find(login, PASSWORD);
        String ownUser = url.user() == null && password != null ? "" : url.user();
        return new CacheUrl(
                url.scheme(),
                user == null ? ownUser : user.value(),
                password == null ? url.password() : password.value(),
                url.hosts(),
                url.path(),
                url.parameters());
    }

    private static @Nullable Setting find(List<Setting> given, String name) {
        return given.stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private @Nullable Target main(String where) {
        Setting named = find(settings.in(DEFAULTS), BACKEND);
        if (named != null) {
            return backend(named);
        }
        if (!settings.names(BACKENDS).contains(MAIN)) {
            mistakes.add(
                    where,
                    "No backend '" + MAIN
                            + "'. Declare it in 'backends', name another by 'backend' in 'defaults', or set LARDER_URL");
        }
        return backends.get(MAIN);
    }

    /** Returns the backend that {@code reference} names, or null when there is none that works. */
    private @Nullable Target backend(Setting reference) {
        if (!settings.names(BACKENDS).contains(reference.value())) {
            mistakes.add(
                    reference.where(),
                    "No backend '" + reference.value() + "'."
                            + Nearest.hint(reference.value(), settings.names(BACKENDS)));
        }
        return backends.get(reference.value());
    }

    private void declareCache(String name) {
        List<Setting> given = settings.in(CACHES, name);
        Setting named = find(given, BACKEND);
        Setting backend = named == null ? find(settings.in(DEFAULTS), BACKEND) : named;
        Target place = named == null ? main : backend(named);
        List<Setting> own = known(
                given,
                allowed.get(backend == null ? MAIN : backend.value()),
                "of cache '" + name + "'",
                BACKEND,
                ROUTES);
        Map<String, Setting> routes = new LinkedHashMap<>();
        settings.in(CACHES, name, ROUTES).forEach(route -> routes.put(route.name(), route));
        if (place == null) {
            // What is wrong there is told; what can be said of any cache is checked all the same.
            new Target(List.of(), NOWHERE, Map.of()).fitted(shared(own), mistakes);
            routes.values().forEach(this::backend);
            return;
        }
        Target fitted = place.fitted(own, mistakes);
        Map<String, Target> targets = new LinkedHashMap<>();
        routes.forEach((prefix, route) -> {
            Target target = route(prefix, route, shared(own));
            if (target != null) {
                targets.put(prefix, target);
            }
        });
        Setting standard = new Setting(List.of(CACHES, name, BACKEND), MAIN, "", ConfigValue.STANDARD);
        caches.put(name, new Cache(backend == null ? standard : backend, fitted, routes, targets));
    }

    /** Returns where a route leads, with what the cache says of all its backends; null when that cannot work. */
    private @Nullable Target route(String prefix, Setting route, List<Setting> own) {
        Target place = backend(route);
        if (prefix.isEmpty()) {
            mistakes.add(route.where(), "A prefix must not be empty. Name the backend of all other keys by 'backend'");
            return null;
        }
        if (place == null) {
            return null;
        }
        if (!place.nearer().isEmpty()) {
            mistakes.add(route.where(), "A prefix cannot lead to tiers. Name a backend whose 'url' has no '|'");
            return null;
        }
        Target target = place.with(own);
        target.refusal().ifPresent(why -> mistakes.add(route.where(), why));
        return target;
    }

    private List<Setting> shared(List<Setting> given) {
        List<String> names = shared.parameters().stream().map(Parameter::name).toList();
        return given.stream().filter(setting -> names.contains(setting.name())).toList();
    }

    /** Returns a builder of all that is declared; there must be no mistakes. */
    LarderBuilder builder() {
        if (main == null) {
            throw mistakes.exception();
        }
        LarderBuilder builder = Larder.builder(main.url());
        caches.forEach((name, cache) -> {
            builder.cache(name, cache.target().url());
            cache.targets().forEach((prefix, target) -> builder.route(name, prefix, target.last()));
        });
        return builder;
    }

    /** Returns all values in effect, as they may be shown; there must be no mistakes. */
    List<ConfigValue> values() {
        List<ConfigValue> values = new ArrayList<>();
        for (String backend : settings.names(BACKENDS)) {
            settings.in(BACKENDS, backend).forEach(setting -> values.add(shown(setting.path(), setting)));
        }
        caches.forEach((name, cache) -> {
            values.add(shown(List.of(CACHES, name, BACKEND), cache.backend()));
            cache.target()
                    .parameters()
                    .forEach((parameter, setting) -> values.add(shown(List.of(CACHES, name, parameter), setting)));
            cache.routes()
                    .values()
                    .forEach(route -> values.add(new ConfigValue(route.path(), route.value(), route.source())));
        });
        addDefaults(values);
        return values;
    }

    private void addDefaults(List<ConfigValue> values) {
        List<Setting> given = settings.in(DEFAULTS);
        List<Parameter> parameters = new ArrayList<>(List.of(new Parameter(BACKEND, "", MAIN, "")));
        parameters.addAll(shared.parameters());
        for (Parameter parameter : parameters) {
            List<String> path = List.of(DEFAULTS, parameter.name());
            Setting setting = find(given, parameter.name());
            values.add(
                    setting == null
                            ? new ConfigValue(path, parameter.standard(), ConfigValue.STANDARD)
                            : shown(path, setting));
        }
    }

    private static ConfigValue shown(List<String> path, Setting setting) {
        String value = setting.name().equals(Setting.URL)
                ? TieredUrl.parse(setting.value()).toString()
                : CacheUrl.shown(setting.name(), setting.value());
        return new ConfigValue(path, value, setting.source());
    }
}
