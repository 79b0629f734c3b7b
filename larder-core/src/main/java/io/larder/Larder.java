package io.larder;

import io.larder.codec.KeyCodecs;
import io.larder.handover.BackendSwitch;
import io.larder.handover.Side;
import io.larder.handover.SwitchableBackend;
import io.larder.layer.BreakerBackend;
import io.larder.layer.CodecBackend;
import io.larder.layer.MissOnErrorBackend;
import io.larder.layer.RetryBackend;
import io.larder.layer.RoutingBackend;
import io.larder.layer.TimeoutBackend;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Backends;
import io.larder.spi.CacheScope;
import io.larder.spi.CacheSpec;
import io.larder.spi.Capability;
import io.larder.spi.Codec;
import io.larder.spi.Entry;
import io.larder.spi.Weigher;
import io.larder.tier.TierRules;
import io.larder.tier.TieredBackend;
import io.larder.url.CacheUrl;
import io.larder.url.CodecChain;
import io.larder.url.Nearest;
import io.larder.url.ParameterSet;
import io.larder.url.TieredUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Owns caches and what they share: clients, threads, clock. Thread-safe.
 *
 * <p>Make one for a URL, or for a configuration that has several, and keep it as long as the program runs; {@link #close} ends all its
 * caches.
 */
public final class Larder implements AutoCloseable {

    private final TieredUrl url;
    private final CachePlan plan;
    private final Map<String, CachePlan> planByCache;
    private final Places places;
    private final CodecFinder codecs;
    private final BackendContext context;
    private final List<CacheListener> listeners;
    private final List<Runnable> closing;
    /** Guarded by {@code this}. */
    private final Map<CacheScope, Opened<?, ?>> opened = new HashMap<>();
    /** Guarded by {@code this}. */
    private final Map<CacheScope, Backend<String, byte[]>> openedAsBytes = new HashMap<>();
    /** Guarded by {@code this}. */
    private boolean closed;

    private record Opened<K, V>(
            CacheSettings<K, V> settings,
            CacheCounts counts,
            BackendSwitch<K, V> backend,
            CacheVerbs<K, V> verbs,
            Cache<K, V> view) {}

    /** A codec of values, and its name in a frame. */
    private record NamedCodec<V>(String name, Codec<V, byte[]> codec) {}

    Larder(
            TieredUrl url,
            CachePlan plan,
            Map<String, CachePlan> planByCache,
            Places places,
            CodecFinder codecs,
            BackendContext context,
            List<CacheListener> listeners,
            List<Runnable> closing) {
        this.url = url;
        this.plan = plan;
        this.planByCache = Map.copyOf(planByCache);
        this.places = places;
        this.codecs = codecs;
        this.context = context;
        this.listeners = List.copyOf(listeners);
        this.closing = closing;
    }

    /**
     * Opens the backend that {@code url} names, such as {@code memory:?max=10k}, or several as tiers, the nearest first, such as
     * {@code memory:?max=10k | redis://host}.
     *
     * @throws ConfigException when the URL is malformed, or names a backend or a parameter that is not there
     */
    public static Larder open(String url) {
        return builder(url).build();
    }

    /** Returns a builder for what a URL cannot express: a clock, an executor, listeners, a backend of one's own. */
    public static LarderBuilder builder(String url) {
        return builder(TieredUrl.parse(url));
    }

    /** Returns a builder as {@link #builder(String)} does. */
    public static LarderBuilder builder(TieredUrl url) {
        return new LarderBuilder(url);
    }

    /**
     * Opens what a configuration file says, in YAML, properties or INI, with larder-config on the class path.
     *
     * @param profile what part of it goes over the rest, such as {@code testing}
     * @throws ConfigException which lists all that is wrong with it, line by line
     */
    public static Larder fromConfig(Path file, String profile) {
        return Providers.configReader().read(file, profile, System.getenv()).build();
    }

    /**
     * Opens what the environment says: {@code LARDER_URL}, and all other variables of docs/guide/configuration.md, which also name a file
     * and a profile. It takes larder-config on the class path.
     *
     * @throws ConfigException which lists all that is wrong with it
     */
    public static Larder fromEnv() {
        return Providers.configReader().read(null, null, System.getenv()).build();
    }

    /** Returns what {@code url} may carry: what its backend knows, and what holds for all caches. */
    public static ParameterSet parameters(CacheUrl url) {
        return Providers.backend(url).parameters().and(CacheDefaults.PARAMETERS);
    }

    /** Refuses, with a {@link ConfigException}, a URL that cannot work, as far as that can be told without opening it. */
    public static void check(TieredUrl url) {
        url.nearer().forEach(tier -> NearTier.provider(tier, url.last(), null).check(tier));
        check(url.last());
    }

    private static void check(CacheUrl url) {
        NearTier.requireLast(url);
        parameters(url).check(url);
        CacheDefaults defaults = CacheDefaults.of(url);
        if (url.parameters().text("codec") != null) {
            new CodecFinder(List.of(), List.of()).require(defaults.codec());
        }
        Providers.backend(url).check(url);
        CacheUrl fallback = defaults.outage().fallback();
        if (fallback != null) {
            Providers.backend(fallback).parameters().check(fallback);
            Providers.backend(fallback).check(fallback);
        }
    }

    /** Returns a builder of the cache {@code name}, whose values are of a type without arguments. */
    public <K, V> CacheBuilder<K, V> cache(String name, Class<K> keyType, Class<V> valueType) {
        return cache(name, keyType, TypeRef.of(valueType));
    }

    /** Returns a builder of the cache {@code name}, whose values are of a generic type: {@code new TypeRef<List<User>>() {}}. */
    public <K, V> CacheBuilder<K, V> cache(String name, Class<K> keyType, TypeRef<V> valueType) {
        return new CacheBuilder<>(this, name, keyType, valueType, plan(name).defaults());
    }

    private CachePlan plan(String cache) {
        return planByCache.getOrDefault(cache, plan);
    }

    @SuppressWarnings("unchecked")
    synchronized <K, V> Cache<K, V> open(CacheSettings<K, V> settings) {
        checkOpen();
        if (openedAsBytes.containsKey(settings.scope())) {
            throw new ConfigException("Cache '" + settings.scope()
                    + "' is open already as bytes. Open it by a Larder of its own, or give it another name or version");
        }
        Opened<?, ?> already = opened.get(settings.scope());
        if (already != null && !already.settings().equals(settings)) {
            throw new ConfigException("Cache '" + settings.scope() + "' is open already with other settings: "
                    + already.settings() + ". Build it once and share it, or give it another name or version");
        }
        if (already != null) {
            return (Cache<K, V>) already.view();
        }
        List<CacheListener> told = new ArrayList<>(listeners);
        told.addAll(settings.listeners());
        CacheCounts counts = new CacheCounts(settings.scope().toString(), told);
        SwitchableBackend<K, V> backend = new SwitchableBackend<>(planned(settings, counts));
        CacheVerbs<K, V> verbs = new CacheVerbs<>(settings, backend, counts, context.clock(), context.executor());
        Cache<K, V> view = new SyncView<>(verbs, new AsyncView<>(verbs, context.executor()));
        BackendSwitch<K, V> backendSwitch = new BackendSwitch<>(settings.scope().toString(), backend);
        opened.put(settings.scope(), new Opened<>(settings, counts, backendSwitch, verbs, view));
        return view;
    }

    synchronized Backend<String, byte[]> openBytes(CacheSettings<?, ?> settings) {
        checkOpen();
        if (opened.containsKey(settings.scope())) {
            throw new ConfigException("Cache '" + settings.scope()
                    + "' is open already. Open its bytes by a Larder of its own, or before that");
        }
        return openedAsBytes.computeIfAbsent(settings.scope(), scope -> {
            CachePlan planned = plan(scope.cache());
            Backend<String, byte[]> rest = bytes(settings, planned.place());
            return planned.routes().isEmpty()
                    ? rest
                    : new RoutingBackend<>(
                            KeyCodecs.of(String.class),
                            rest,
                            planned.openRoutes(rest, route -> bytes(settings.at(route.url()), route.place())));
        });
    }

    private static Backend<String, byte[]> bytes(CacheSettings<?, ?> settings, Place place) {
        CacheSpec<String, byte[]> spec =
                CacheSpec.ofBytes(settings.scope(), settings.written().name());
        Backend<String, byte[]> bytes = place.backends() instanceof Backends.ByReference byReference
                ? byReference.open(spec)
                : ((Backends.OfBytes) place.backends()).open(spec);
        return timed(bytes, settings.timeout(), place.url().last());
    }

    private void checkOpen() {
        if (closed) {
            throw new ClosedException("The Larder on " + url + " is closed. Build caches before that");
        }
    }

    /**
     * Takes the caches named {@code name}, in every namespace and version, from their backend to the one that {@code url} names, while
     * they are in use: no call fails by it, and no invalidation of this process is undone. Blocks until that is done. Processes that share
     * a backend go {@link Handover#COLD}, and no invalidation is undone when the last one has.
     *
     * <p>The URL, or the last one of tiers, has the parameters of its backend, {@code codec} and {@code timeout}; all else stays as the caches were built. What the
     * new backend has of these caches from before is removed. Values that are being loaded meanwhile are answered but may not be stored.
     *
     * @throws ConfigException when no such cache is open, or the URL cannot work for it
     * @throws BackendException when one of the two backends fails; the cache stays on the one that it had
     */
    public void switchBackend(String name, String url, Handover how) {
        TieredUrl target = TieredUrl.parse(url);
        for (Opened<?, ?> cache : openedAs(name)) {
            switchTo(target, how, cache);
        }
    }

    private synchronized List<Opened<?, ?>> openedAs(String name) {
        checkOpen();
        List<Opened<?, ?>> named = opened.values().stream()
                .filter(cache -> cache.settings().scope().cache().equals(name))
                .toList();
        if (named.isEmpty()) {
            List<String> known =
                    opened.keySet().stream().map(CacheScope::cache).distinct().toList();
            throw new ConfigException("No cache '" + name + "' is open on " + url + "." + Nearest.hint(name, known));
        }
        return named;
    }

    private <K, V> void switchTo(TieredUrl target, Handover how, Opened<K, V> cache) {
        cache.backend().switchTo(target.toString(), how, () -> {
            Place there = places.openAlone(
                    target, plan(cache.settings().scope().cache()).defaults().outage());
            try {
                return side(cache.settings().at(target.last()), cache.counts(), there, there::close);
            } catch (RuntimeException failure) {
                there.close();
                throw failure;
            }
        });
    }

    /** Returns where the calls of a cache go that has just been built. */
    private <K, V> Side<K, V> planned(CacheSettings<K, V> settings, CacheCounts counts) {
        CachePlan planned = plan(settings.scope().cache());
        Side<K, V> rest = side(settings, counts, planned.place(), () -> {});
        if (planned.routes().isEmpty()) {
            return rest;
        }
        Map<String, Side<K, V>> routes =
                planned.openRoutes(rest, route -> side(settings.at(route.url()), counts, route.place(), () -> {}));
        return new Side<>(
                rest.address(),
                routing(settings, rest, routes, Side::backend),
                routing(settings, rest, routes, Side::strict),
                () -> {});
    }

    private static <K, V> Backend<K, V> routing(
            CacheSettings<K, V> settings,
            Side<K, V> rest,
            Map<String, Side<K, V>> routes,
            Function<Side<K, V>, Backend<K, V>> backend) {
        Map<String, Backend<K, V>> byPrefix = new HashMap<>();
        routes.forEach((prefix, side) -> byPrefix.put(prefix, backend.apply(side)));
        return new RoutingBackend<>(settings.keyCodec(), backend.apply(rest), byPrefix);
    }

    /** Puts the layers on, innermost first; docs/ARCHITECTURE.md says why in this order. */
    private <K, V> Side<K, V> side(CacheSettings<K, V> settings, CacheCounts counts, Place place, Runnable closing) {
        List<Backend<K, Entry<V>>> nearer = place.nearer().stream()
                .map(tier -> near(tier, settings, counts))
                .toList();
        Backend<K, V> backend = last(settings, counts, place);
        for (int number = nearer.size(); number > 0; number--) {
            NearTier tier = place.nearer().get(number - 1);
            TierRules rules = new TierRules(number, tier.url().toString(), tier.nearTtl());
            backend = new TieredBackend<>(nearer.get(number - 1), backend, rules, context.clock(), counts);
        }
        boolean canFail = !backend.capabilities().contains(Capability.LOCAL);
        Backend<K, V> called =
                canFail && settings.onError() == OnError.MISS ? new MissOnErrorBackend<>(backend, counts) : backend;
        return new Side<>(place.url().toString(), called, backend, closing);
    }

    private <K, V> Backend<K, V> last(CacheSettings<K, V> settings, CacheCounts counts, Place place) {
        if (place.backends() instanceof Backends.ByReference byReference) {
            if (place.spare() != null) {
                throw place.spare().useless();
            }
            CacheSpec<K, V> spec = new CacheSpec<>(settings.scope(), settings.keyCodec(), "", settings.weigher());
            return guarded(byReference.open(spec), settings, counts, place);
        }
        NamedCodec<V> values = values(settings, settings.written());
        CacheSpec<String, byte[]> spec = CacheSpec.ofBytes(settings.scope(), values.name());
        Backend<String, byte[]> bytes =
                guarded(((Backends.OfBytes) place.backends()).open(spec), settings, counts, place);
        if (place.spare() != null) {
            bytes = place.spare().behind(bytes, spec, timeout(settings.timeout(), true), counts);
        }
        return new CodecBackend<>(bytes, settings.keyCodec(), values.codec(), counts);
    }

    /** Opens what keeps copies of whole entries, each as the value of an entry whose lifetime is the copy's. */
    private <K, V> Backend<K, Entry<V>> near(NearTier tier, CacheSettings<K, V> settings, CacheCounts counts) {
        if (tier.backends() instanceof Backends.ByReference byReference) {
            Weigher<K, V> weigher = settings.weigher();
            Weigher<K, Entry<V>> ofCopies = weigher == null
                    ? null
                    : (key, copy) -> weigher.weightBytes(key, copy == null ? null : copy.value());
            return timed(
                    byReference.open(new CacheSpec<>(settings.scope(), settings.keyCodec(), "", ofCopies)),
                    tier.timeout(),
                    tier.url());
        }
        NamedCodec<V> values = values(settings, tier.codec() == null ? settings.written() : tier.codec());
        // Another name than that of the values, so that nobody takes copies for a cache, nor a cache for copies.
        CacheSpec<String, byte[]> spec = CacheSpec.ofBytes(settings.scope(), "tier:" + values.name());
        return new CodecBackend<>(
                timed(((Backends.OfBytes) tier.backends()).open(spec), tier.timeout(), tier.url()),
                settings.keyCodec(),
                new EntryCodec<>(values.codec(), values.name()),
                counts);
    }

    private <V> NamedCodec<V> values(CacheSettings<?, V> settings, CodecChain given) {
        Codec<V, byte[]> own = settings.codec();
        CodecChain chain = CodecFinder.chainOf(given, settings.valueType());
        Codec<V, byte[]> codec = own == null ? codecs.open(chain, settings.valueType()) : own;
        CacheScope scope = settings.scope();
        return new NamedCodec<>(
                own == null ? chain.name() : "",
                codec.boundTo(scope.namespace()).boundTo(scope.cache()).boundTo(String.valueOf(scope.version())));
    }

    /** Puts on what stands between a backend that may fail and the callers who would wait for it. */
    private <K, V> Backend<K, V> guarded(
            Backend<K, V> backend, CacheSettings<?, ?> settings, CacheCounts counts, Place place) {
        Backend<K, V> guarded = timed(backend, settings.timeout(), place.url().last());
        boolean remote = !backend.capabilities().contains(Capability.LOCAL);
        if (remote && settings.retries() > 0) {
            guarded =
                    new RetryBackend<>(guarded, settings.retries(), timeout(settings.timeout(), true), context.clock());
        }
        return remote && place.breaker() != null
                ? new BreakerBackend<>(guarded, place.breaker(), counts, context.executor())
                : guarded;
    }

    private static <K, V> Backend<K, V> timed(Backend<K, V> backend, @Nullable Duration given, CacheUrl url) {
        Duration timeout = timeout(given, !backend.capabilities().contains(Capability.LOCAL));
        return timeout.equals(EntryOptions.NEVER) ? backend : new TimeoutBackend<>(backend, timeout, url.toString());
    }

    private static Duration timeout(@Nullable Duration given, boolean remote) {
        Duration standard = remote ? CacheDefaults.TIMEOUT_STANDARD : EntryOptions.NEVER;
        return given == null ? standard : given;
    }

    /** Ends all caches, and closes what this Larder opened, not what it was lent; a second call does nothing. */
    @Override
    public void close() {
        List<Runnable> closers = new ArrayList<>();
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            opened.values().forEach(cache -> closers.add(cache.verbs()::close));
            openedAsBytes.values().forEach(backend -> closers.add(backend::close));
        }
        closers.addAll(closing);
        closeAll(closers);
    }

    /** Runs all of {@code closers}, then throws what the first of them threw. */
    static void closeAll(List<Runnable> closers) {
        RuntimeException first = null;
        for (Runnable closer : closers) {
            try {
                closer.run();
            } catch (RuntimeException failure) {
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Returns the backend's address, without secrets. */
    @Override
    public String toString() {
        return "Larder[" + url + "]";
    }
}
