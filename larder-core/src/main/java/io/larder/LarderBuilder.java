package io.larder;

import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.CodecProvider;
import io.larder.spi.StageProvider;
import io.larder.url.CacheUrl;
import io.larder.url.TieredUrl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Sets up a {@link Larder}. What is passed in is lent: closing the Larder does not close it. Confined to one thread. */
public final class LarderBuilder {

    private final TieredUrl url;
    private final List<CacheListener> listeners = new ArrayList<>();
    private final List<CacheObserver> observers = new ArrayList<>();
    private final List<CodecProvider> codecs = new ArrayList<>();
    private final List<StageProvider> stages = new ArrayList<>();
    private final Map<String, TieredUrl> urlByCache = new LinkedHashMap<>();
    private final Map<String, Map<String, CacheUrl>> routesByCache = new LinkedHashMap<>();
    private @Nullable Clock clock;
    private @Nullable Executor executor;
    private @Nullable BackendProvider provider;

    LarderBuilder(TieredUrl url) {
        this.url = url;
    }

    /** Sets the clock; the machine's at first. */
    public LarderBuilder clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /**
     * Sets where loaders of async calls run, and what follows them; at first virtual threads where the JDK has them (21 and later), else
     * a pool of at most {@value LarderThreads#THREADS_MAX} threads.
     */
    public LarderBuilder executor(Executor executor) {
        this.executor = executor;
        return this;
    }

    /** Sets the provider that opens URLs of its schemes, in place of the one found by the scheme. */
    public LarderBuilder provider(BackendProvider provider) {
        this.provider = provider;
        return this;
    }

    /** Adds the provider of the codec that has its name, in place of one found by that name. */
    public LarderBuilder codec(CodecProvider provider) {
        codecs.add(provider);
        return this;
    }

    /** Adds the provider of the stage that has its name, in place of one found by that name. */
    public LarderBuilder stage(StageProvider provider) {
        stages.add(provider);
        return this;
    }

    /** Adds a listener to all caches. */
    public LarderBuilder listener(CacheListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Adds what is told when the loads of all caches, and calls of a backend outside this process, begin and end. */
    public LarderBuilder observer(CacheObserver observer) {
        observers.add(observer);
        return this;
    }

    /**
     * Sets where the caches named {@code name} are, and what holds for them, in place of the Larder's URL. Those whose URLs differ in
     * nothing that their backend needs to know share one, with its connections.
     */
    public LarderBuilder cache(String name, TieredUrl url) {
        urlByCache.put(name, url);
        return this;
    }

    /**
     * Sends the keys of the caches named {@code cache} that begin with {@code prefix} to a backend of their own; the longest prefix
     * counts. Besides its backend, the URL may name a {@code codec}, a {@code timeout} and rules for outages; all else is the cache's.
     *
     * <p>Entries do not move when prefixes change: give the cache another version then, or clear it before and after.
     */
    public LarderBuilder route(String cache, String prefix, CacheUrl url) {
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException("prefix must not be empty; the cache's own URL is for all other keys");
        }
        routesByCache.computeIfAbsent(cache, none -> new LinkedHashMap<>()).put(prefix, url);
        return this;
    }

    /** Opens the backend; one that does not answer yet is no reason to fail. */
    public Larder build() {
        List<Runnable> closing = new ArrayList<>();
        Clock time = clock;
        if (time == null) {
            SystemClock machine = new SystemClock();
            closing.add(machine::close);
            time = machine;
        }
        Executor workers = executor;
        if (workers == null) {
            ExecutorService own = LarderThreads.workers();
            closing.add(own::shutdown);
            workers = own;
        }
        ScheduledExecutorService scheduler = LarderThreads.scheduler();
        closing.add(scheduler::shutdownNow);
        try {
            BackendContext context = new BackendContext(time, workers, scheduler);
            Places places = new Places(url, provider, context);
            closing.add(0, places::close);
            CachePlan plan = places.plan(url, Map.of());
            Map<String, CachePlan> planByCache = new HashMap<>();
            Set<String> planned = new LinkedHashSet<>(urlByCache.keySet());
            planned.addAll(routesByCache.keySet());
            for (String cache : planned) {
                TieredUrl own = urlByCache.getOrDefault(cache, url);
                planByCache.put(cache, places.plan(own, routesByCache.getOrDefault(cache, Map.of())));
            }
            List<CacheListener> told = new ArrayList<>(listeners);
            told.add(new WarningLog(time));
            CodecFinder finder = new CodecFinder(codecs, stages);
            Larder larder = new Larder(url, plan, planByCache, places, finder, context, told, observers, closing);
            larder.beginToPublish();
            return larder;
        } catch (RuntimeException e) {
            closing.forEach(Runnable::run);
            throw e;
        }
    }
}
