package io.larder.config;

import static io.larder.config.Setting.BACKEND;
import static io.larder.config.Setting.BACKENDS;
import static io.larder.config.Setting.CACHES;
import static io.larder.config.Setting.DEFAULTS;
import static io.larder.config.Setting.MAIN;
import static io.larder.config.Setting.ROUTES;

import io.larder.Larder;
import io.larder.LarderBuilder;
import io.larder.url.CacheUrl;
import io.larder.url.Parameter;
import io.larder.url.TieredUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What settings declare: where the backends are, what holds for each cache. Confined to one thread. */
final class Declarations {

    private final Settings settings;
    private final Mistakes mistakes;
    private final Keys keys;
    private final DeclaredBackends backends;
    private final Map<String, Cache> caches = new LinkedHashMap<>();

    /** A cache with all that holds for it, and its routes by prefix. */
    record Cache(Setting backend, Target target, Map<String, Setting> routes, Map<String, Target> targets) {}

    /** Makes what is declared; what is wrong goes to {@code mistakes}, {@code where} tells where what is missing should be. */
    Declarations(Settings settings, String where, Mistakes mistakes) {
        this.settings = settings;
        this.mistakes = mistakes;
        this.keys = new Keys(mistakes);
        this.backends = new DeclaredBackends(settings, where, keys, mistakes);
        settings.names(CACHES).forEach(this::declareCache);
    }

    private void declareCache(String name) {
        List<Setting> given = settings.in(CACHES, name);
        Setting named = Setting.find(given, BACKEND);
        Setting backend = named == null ? backends.reference() : named;
        Target place = named == null ? backends.main() : backends.at(named);
        List<Setting> own = keys.known(given, backends.allowed(backend), "of cache '" + name + "'", BACKEND, ROUTES);
        Map<String, Setting> routes = new LinkedHashMap<>();
        settings.in(CACHES, name, ROUTES).forEach(route -> routes.put(route.name(), route));
        if (place == null) {
            // What is wrong there is told; what can be said of any cache is checked all the same.
            Target.NOWHERE.fitted(keys.shared(own), mistakes);
            routes.values().forEach(backends::at);
            return;
        }
        Target fitted = place.fitted(own, mistakes);
        Map<String, Target> targets = new LinkedHashMap<>();
        routes.forEach((prefix, route) -> {
            Target target = route(prefix, route, keys.shared(own));
            if (target != null) {
                targets.put(prefix, target);
            }
        });
        Setting standard = new Setting(List.of(CACHES, name, BACKEND), MAIN, "", ConfigValue.STANDARD);
        caches.put(name, new Cache(backend == null ? standard : backend, fitted, routes, targets));
    }

    /** Returns where a route leads, with what the cache says of all its backends; null when that cannot work. */
    private @Nullable Target route(String prefix, Setting route, List<Setting> own) {
        Target place = backends.at(route);
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

    /** Returns a builder of all that is declared; there must be no mistakes. */
    LarderBuilder builder() {
        Target main = backends.main();
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
        parameters.addAll(keys.shared());
        for (Parameter parameter : parameters) {
            List<String> path = List.of(DEFAULTS, parameter.name());
            Setting setting = Setting.find(given, parameter.name());
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
