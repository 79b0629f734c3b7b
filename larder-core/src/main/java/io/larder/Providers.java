package io.larder;

import io.larder.spi.BackendProvider;
import io.larder.spi.ConfigReader;
import io.larder.url.CacheUrl;
import io.larder.url.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds backends on the class path, and says which artifact to add for a backend or codec that is not there. */
final class Providers {

    private static final Map<String, String> ARTIFACTS = Map.ofEntries(
            Map.entry("disk", "larder-disk"),
            Map.entry("memcached", "larder-memcached"),
            Map.entry("memcacheds", "larder-memcached"),
            Map.entry("memcached+unix", "larder-memcached"),
            Map.entry("memory", "larder-memory"),
            Map.entry("redis", "larder-redis"),
            Map.entry("rediss", "larder-redis"),
            Map.entry("redis+unix", "larder-redis"),
            Map.entry("redis+replicas", "larder-redis"),
            Map.entry("redis+sentinel", "larder-redis"),
            Map.entry("redis+cluster", "larder-redis"),
            Map.entry("fory", "larder-fory"),
            Map.entry("json", "larder-jackson"),
            Map.entry("lz4", "larder-lz4"),
            Map.entry("msgpack", "larder-msgpack"),
            Map.entry("pickle", "larder-pickle"),
            Map.entry("zstd", "larder-zstd"));

    private Providers() {}

    /** Returns {@code given}, which somebody may have brought, if it knows the scheme of {@code url}, else the one that is found by it. */
    static BackendProvider backend(CacheUrl url, @Nullable BackendProvider given) {
        return given != null && given.schemes().contains(url.scheme()) ? given : backend(url);
    }

    static BackendProvider backend(CacheUrl url) {
        Map<String, BackendProvider> byScheme = new TreeMap<>();
        for (BackendProvider provider : ServiceLoader.load(BackendProvider.class, Providers.class.getClassLoader())) {
            provider.schemes().forEach(scheme -> byScheme.put(scheme, provider));
        }
        BackendProvider provider = byScheme.get(url.scheme());
        if (provider == null) {
            throw new ConfigException("No backend for scheme '" + url.scheme() + "' of '" + url + "'."
                    + whatToDo(url.scheme(), new ArrayList<>(byScheme.keySet())));
        }
        return provider;
    }

    static ConfigReader configReader() {
        return ServiceLoader.load(ConfigReader.class, Providers.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new ConfigException(
                        "Nothing on the class path reads configurations. Add io.larder:larder-config."));
    }

    /** Says which artifact to add, or which of the known names was meant, with a leading space. */
    static String whatToDo(String name, List<String> known) {
        String artifact = ARTIFACTS.get(name);
        return artifact == null
                ? Nearest.hint(name, known)
                : " On the class path: " + String.join(", ", known) + ". Add io.larder:" + artifact + ".";
    }
}
