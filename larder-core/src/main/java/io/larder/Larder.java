package io.larder;

import io.larder.layer.Breaker;
import io.larder.layer.BreakerBackend;
import io.larder.layer.CodecBackend;
import io.larder.layer.MissOnErrorBackend;
import io.larder.layer.RetryBackend;
import io.larder.layer.TimeoutBackend;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Backends;
import io.larder.spi.CacheScope;
import io.larder.spi.CacheSpec;
import io.larder.spi.Capability;
import io.larder.spi.Codec;
import io.larder.spi.CodecProvider;
import io.larder.url.CacheUrl;
import io.larder.url.Parameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Owns the caches on one backend, and what they share: clients, threads, clock. Thread-safe.
 *
 * <p>Make one for each backend and keep it as long as the program runs; {@link #close} ends all its caches.
 */
public final class Larder implements AutoCloseable {

    private final CacheUrl url;
    private final CacheDefaults defaults;
    private final @Nullable CodecProvider codecProvider;
    private final Backends backends;
    private final @Nullable Spare spare;
    private final BackendContext context;
    private final List<CacheListener> listeners;
    private final List<Runnable> closing;
    /** Null where there is to be none. */
    private final @Nullable Breaker breaker;
    /** Guarded by {@code this}. */
    private final Map<CacheScope, Opened<?, ?>> opened = new HashMap<>();
    /** Guarded by {@code this}. */
    private final Map<CacheScope, Backend<String, byte[]>> openedAsBytes = new HashMap<>();
    /** Guarded by {@code this}. */
    private boolean closed;

    private record Opened<K, V>(CacheSettings<K, V> settings, CacheVerbs<K, V> verbs, Cache<K, V> view) {}

    Larder(
            CacheUrl url,
            CacheDefaults defaults,
            @Nullable CodecProvider codecProvider,
            Backends backends,
            @Nullable Spare spare,
            BackendContext context,
            List<CacheListener> listeners,
            List<Runnable> closing) {
        this.url = url;
        this.defaults = defaults;
        this.codecProvider = codecProvider;
        this.backends = backends;
        this.spare = spare;
        this.context = context;
        this.listeners = List.copyOf(listeners);
        this.closing = closing;
        OutageRules rules = defaults.outage();
        this.breaker = rules.failuresMax() == 0
                ? null
                : new Breaker(url.toString(), rules.failuresMax(), rules.pause(), context.clock());
    }

    /**
     * Opens the backend that {@code url} names, such as {@code memory:?max=10k}.
     *
     * @throws ConfigException when the URL is malformed, or names a backend or a parameter that is not there
     */
    public static Larder open(String url) {
        return builder(url).build();
    }

    /** Returns a builder for what a URL cannot express: a clock, an executor, listeners, a backend of one's own. */
    public static LarderBuilder builder(String url) {
        return new LarderBuilder(CacheUrl.parse(url));
    }

    /** Returns a builder of the cache {@code name}, whose values are of a type without arguments. */
    public <K, V> CacheBuilder<K, V> cache(String name, Class<K> keyType, Class<V> valueType) {
        return cache(name, keyType, TypeRef.of(valueType));
    }

    /** Returns a builder of the cache {@code name}, whose values are of a generic type: {@code new TypeRef<List<User>>() {}}. */
    public <K, V> CacheBuilder<K, V> cache(String name, Class<K> keyType, TypeRef<V> valueType) {
        return new CacheBuilder<>(this, name, keyType, valueType, defaults);
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
        CacheVerbs<K, V> verbs =
                new CacheVerbs<>(settings, layers(settings, counts), counts, context.clock(), context.executor());
        Cache<K, V> view = new SyncView<>(verbs, new AsyncView<>(verbs, context.executor()));
        opened.put(settings.scope(), new Opened<>(settings, verbs, view));
        return view;
    }

    synchronized Backend<String, byte[]> openBytes(CacheSettings<?, ?> settings) {
        checkOpen();
        if (opened.containsKey(settings.scope())) {
            throw new ConfigException("Cache '" + settings.scope()
                    + "' is open already. Open its bytes by a Larder of its own, or before that");
        }
        return openedAsBytes.computeIfAbsent(settings.scope(), scope -> {
            CacheSpec<String, byte[]> spec = CacheSpec.ofBytes(scope, defaults.codec());
            Backend<String, byte[]> bytes = backends instanceof Backends.ByReference byReference
                    ? byReference.open(spec)
                    : ((Backends.OfBytes) backends).open(spec);
            return timed(settings, bytes);
        });
    }

    private void checkOpen() {
        if (closed) {
            throw new ClosedException("The Larder on " + url + " is closed. Build caches before that");
        }
    }

    /** Puts the layers on, innermost first; docs/ARCHITECTURE.md says why in this order. */
    private <K, V> Backend<K, V> layers(CacheSettings<K, V> settings, CacheCounts counts) {
        Backend<K, V> backend;
        if (backends instanceof Backends.ByReference byReference) {
            if (spare != null) {
                throw spare.useless();
            }
            backend = guarded(
                    settings,
                    byReference.open(new CacheSpec<>(settings.scope(), settings.keyCodec(), "", settings.weigher())),
                    counts);
        } else {
            Codec<V, byte[]> codec = settings.codec();
            String name = codec == null ? Providers.codecName(defaults.codec(), settings.valueType()) : "";
            Codec<V, byte[]> values = codec == null ? codec(name, settings.valueType()) : codec;
            CacheSpec<String, byte[]> spec = CacheSpec.ofBytes(settings.scope(), name);
            Backend<String, byte[]> bytes = guarded(settings, ((Backends.OfBytes) backends).open(spec), counts);
            if (spare != null) {
                bytes = spare.behind(bytes, spec, timeout(settings, true), counts);
            }
            backend = new CodecBackend<>(bytes, settings.keyCodec(), values, counts);
        }
        boolean canFail = !backend.capabilities().contains(Capability.LOCAL);
        return canFail && settings.onError() == OnError.MISS ? new MissOnErrorBackend<>(backend, counts) : backend;
    }

    private <V> Codec<V, byte[]> codec(String name, TypeRef<V> type) {
        return codecProvider != null && codecProvider.name().equals(name)
                ? codecProvider.open(type, Parameters.NONE)
                : Providers.codec(name, type);
    }

    /** Puts on what stands between a backend that may fail and the callers who would wait for it. */
    private <K, V> Backend<K, V> guarded(CacheSettings<?, ?> settings, Backend<K, V> backend, CacheCounts counts) {
        boolean remote = !backend.capabilities().contains(Capability.LOCAL);
        Duration timeout = timeout(settings, remote);
        Backend<K, V> guarded =
                timeout.equals(EntryOptions.NEVER) ? backend : new TimeoutBackend<>(backend, timeout, url.toString());
        if (remote && settings.retries() > 0) {
            guarded = new RetryBackend<>(guarded, settings.retries(), timeout, context.clock());
        }
        return remote && breaker != null ? new BreakerBackend<>(guarded, breaker, counts, context.executor()) : guarded;
    }

    private static Duration timeout(CacheSettings<?, ?> settings, boolean remote) {
        Duration given = settings.timeout();
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
