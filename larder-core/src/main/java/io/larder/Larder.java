package io.larder;

import io.larder.handover.BackendSwitch;
import io.larder.handover.SwitchableBackend;
import io.larder.layer.TagCountingBackend;
import io.larder.layer.TagTally;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendInfo;
import io.larder.spi.BackendProvider;
import io.larder.spi.CacheScope;
import io.larder.url.CacheUrl;
import io.larder.url.Nearest;
import io.larder.url.ParameterSet;
import io.larder.url.TieredUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
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
    private final Layers layers;
    private final BackendContext context;
    private final List<CacheListener> listeners;
    private final Observers observers;
    private final OwnCaches own = new OwnCaches();
    private final List<Runnable> closing;
    /** Guarded by {@code this}. */
    private final Map<CacheScope, Opened<?, ?>> opened = new HashMap<>();
    /** Guarded by {@code this}. */
    private final Map<CacheScope, Backend<String, byte[]>> openedAsBytes = new HashMap<>();
    /** Guarded by {@code this}. */
    private final List<Consumer<? super Cache<?, ?>>> onOpen = new ArrayList<>();
    /** Guarded by {@code this}. */
    private boolean closed;

    private record Opened<K, V>(
            CacheSettings<K, V> settings,
            CacheCounts counts,
            BackendSwitch<K, V> backend,
            CacheVerbs<K, V> verbs,
            Cache<K, V> view) {}

    Larder(
            TieredUrl url,
            CachePlan plan,
            Map<String, CachePlan> planByCache,
            Places places,
            CodecFinder codecs,
            BackendContext context,
            List<CacheListener> listeners,
            List<CacheObserver> observers,
            List<Runnable> closing) {
        this.url = url;
        this.plan = plan;
        this.planByCache = Map.copyOf(planByCache);
        this.places = places;
        this.layers = new Layers(codecs, context);
        this.context = context;
        this.listeners = List.copyOf(listeners);
        this.observers = new Observers(List.copyOf(observers));
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
        BackendProvider provider = Providers.backend(url);
        provider.parameters().and(CacheDefaults.PARAMETERS).check(url);
        CacheDefaults defaults = CacheDefaults.of(url);
        if (url.parameters().text("codec") != null) {
            new CodecFinder(List.of(), List.of()).require(defaults.codec());
        }
        provider.check(url);
        CacheUrl fallback = defaults.outage().fallback();
        if (fallback != null) {
            BackendProvider spare = Providers.backend(fallback);
            spare.parameters().check(fallback);
            spare.check(fallback);
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

    /** Returns the caches that are open, in no order. */
    public synchronized List<Cache<?, ?>> caches() {
        checkOpen();
        return openCaches();
    }

    private synchronized List<Cache<?, ?>> openCaches() {
        List<Cache<?, ?>> open = new ArrayList<>();
        opened.values().forEach(cache -> open.add(cache.view()));
        return open;
    }

    /**
     * Calls {@code action} with each cache, once: with those that are open, and with each that is opened later, by the thread that
     * opens it.
     */
    public void eachCache(Consumer<? super Cache<?, ?>> action) {
        List<Cache<?, ?>> open;
        synchronized (this) {
            open = caches();
            onOpen.add(action);
        }
        open.forEach(action);
    }

    /** Runs {@code action} when this is closed. */
    public synchronized void onClose(Runnable action) {
        checkOpen();
        closing.add(0, action);
    }

    /**
     * Returns whether the backends that the caches use are asked at present, by what is known in this process: cheap, and nothing is
     * waited for. A backend that nobody has asked counts as one that is up.
     */
    public Health health() {
        return Health.of(known());
    }

    /**
     * Returns what each backend that this was opened with, or that a cache was taken to, answers to a ping and does with an entry, in a
     * cache of its own. Blocks, for a few times the timeout of each at most; does not throw when one is down.
     */
    public HealthDetails healthDetails() {
        synchronized (this) {
            checkOpen();
        }
        List<BackendHealth> backends = new ArrayList<>();
        for (Place place : places.all()) {
            backends.addAll(look(place));
        }
        Health health = health();
        for (BackendHealth found : backends) {
            health = health.and(found.health());
        }
        return new HealthDetails(health, backends);
    }

    /** Returns what a look at each tier of {@code place} has found; nothing if it was closed meanwhile, for then that tells nothing. */
    private List<BackendHealth> look(Place place) {
        try {
            List<BackendHealth> found = own.checks(place, this::known, context.clock()).stream()
                    .map(HealthCheck::run)
                    .toList();
            return places.isOpen(place) ? found : List.of();
        } catch (RuntimeException failure) {
            if (places.isOpen(place)) {
                throw failure;
            }
            return List.of();
        }
    }

    private synchronized List<BackendInfo> known() {
        checkOpen();
        return opened.values().stream()
                .flatMap(cache -> cache.verbs().known().stream())
                .toList();
    }

    /**
     * Returns what processes have counted of a cache, if they publish it: {@code publish-stats=10s} in its URL. Blocks.
     *
     * @throws BackendException when the backend fails
     */
    public List<PublishedStats> publishedStats(CacheScope cache) {
        return publisher(plan(cache.cache())).published(cache.toString());
    }

    private synchronized StatsPublisher publisher(CachePlan plan) {
        checkOpen();
        return own.publisher(plan.place(), context);
    }

    /** Begins to publish the counts of those caches whose URL says so. */
    void beginToPublish() {
        Set<CachePlan> plans = new LinkedHashSet<>(planByCache.values());
        plans.add(plan);
        for (CachePlan each : plans) {
            Duration period = each.defaults().publishStats();
            if (period != null) {
                publisher(each)
                        .begin(
                                period,
                                () -> openCaches().stream()
                                        .filter(cache -> plan(cache.name()).equals(each))
                                        .toList());
            }
        }
    }

    <K, V> Cache<K, V> open(CacheSettings<K, V> settings) {
        Cache<K, V> cache;
        List<Consumer<? super Cache<?, ?>>> told;
        synchronized (this) {
            Opened<?, ?> already = already(settings);
            told = already == null ? List.copyOf(onOpen) : List.of();
            cache = already == null ? openNew(settings) : view(already);
        }
        told.forEach(action -> action.accept(cache));
        return cache;
    }

    /** Safe, because the settings are equal, types included. */
    @SuppressWarnings("unchecked")
    private static <K, V> Cache<K, V> view(Opened<?, ?> already) {
        return (Cache<K, V>) already.view();
    }

    private @Nullable Opened<?, ?> already(CacheSettings<?, ?> settings) {
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
        return already;
    }

    private <K, V> Cache<K, V> openNew(CacheSettings<K, V> settings) {
        List<CacheListener> told = new ArrayList<>(listeners);
        told.addAll(settings.listeners());
        CachePlan planned = plan(settings.scope().cache());
        boolean published = planned.defaults().publishStats() != null;
        TagTally tags = new TagTally(planned.defaults().countTags());
        CacheCounts counts = new CacheCounts(settings.scope().toString(), told, observers, published, tags);
        SwitchableBackend<K, V> backend = new SwitchableBackend<>(layers.planned(settings, counts, planned));
        Backend<K, V> called = tags.isEmpty() ? backend : new TagCountingBackend<>(backend, tags, context.clock());
        CacheVerbs<K, V> verbs = new CacheVerbs<>(settings, called, counts, context.clock(), context.executor());
        Cache<K, V> view = new SyncView<>(verbs, new AsyncView<>(verbs, context));
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
        return openedAsBytes.computeIfAbsent(settings.scope(), scope -> Layers.bytes(settings, plan(scope.cache())));
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
     * <p>The URL, or the last one of tiers, has the parameters of its backend, {@code codec} and {@code timeout}; all else stays as the
     * caches were built. What the new backend has of these caches from before is removed. Values that are being loaded meanwhile are
     * answered but may not be stored.
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
                return layers.side(cache.settings().at(target.last()), cache.counts(), there, () -> leave(there));
            } catch (RuntimeException failure) {
                leave(there);
                throw failure;
            }
        });
    }

    private void leave(Place place) {
        places.forget(place);
        closeAll(List.of(() -> own.leave(place), place::close));
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
            closers.add(own::close);
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
