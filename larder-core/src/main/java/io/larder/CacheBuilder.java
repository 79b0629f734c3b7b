package io.larder;

import io.larder.codec.KeyCodecs;
import io.larder.load.LoadRules;
import io.larder.spi.Backend;
import io.larder.spi.CacheScope;
import io.larder.spi.Codec;
import io.larder.spi.KeyCodec;
import io.larder.spi.Weigher;
import io.larder.url.CodecChain;
import io.larder.url.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets up one cache; what is not set comes from the {@link Larder}'s URL. Confined to one thread. */
public final class CacheBuilder<K, V> {

    private final Larder larder;
    private final String name;
    private final Class<K> keyType;
    private final TypeRef<V> valueType;
    private final CodecChain urlCodec;
    private final List<CacheListener> listeners = new ArrayList<>();
    private EntryOptions defaults;
    private LoadRules loading;
    private String namespace;
    private int version;
    private OnError onError;
    private boolean enabled;
    private int retries;
    private @Nullable Duration timeout;
    private @Nullable KeyCodec<K> keyCodec;
    private @Nullable Codec<V, byte[]> codec;
    private @Nullable CodecChain chain;
    private @Nullable Weigher<K, V> weigher;

    CacheBuilder(Larder larder, String name, Class<K> keyType, TypeRef<V> valueType, CacheDefaults standard) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name must not be empty");
        }
        this.larder = larder;
        this.name = name;
        this.keyType = keyType;
        this.valueType = valueType;
        this.urlCodec = standard.codec();
        this.defaults = standard.options();
        this.loading = standard.loading();
        this.namespace = standard.namespace();
        this.version = standard.version();
        this.onError = standard.onError();
        this.timeout = standard.timeout();
        this.enabled = standard.enabled();
        this.retries = standard.retries();
    }

    /** Sets the time to live of entries; without one they stay until they are removed or evicted. */
    public CacheBuilder<K, V> ttl(Duration ttl) {
        defaults = defaults.withTtl(ttl);
        return this;
    }

    /**
     * Sets how long after their ttl entries still answer calls with a loader, while one caller reloads them or when that fails; not
     * at all at first. {@link Cache#find} shows them as stale, to all other calls they are absent.
     */
    public CacheBuilder<K, V> staleFor(Duration staleFor) {
        defaults = defaults.staleFor(staleFor);
        return this;
    }

    /**
     * Sets how long a caller waits for a reload before it gets the stale value, while the reload goes on; zero at first, which is not at
     * all. {@link EntryOptions#NEVER} waits for the loader's answer, and the stale value stands in for its failure only.
     */
    public CacheBuilder<K, V> staleWait(Duration staleWait) {
        loading = loading.withStaleWait(staleWait);
        return this;
    }

    /** Sets how long after a failed reload the stale value answers before the loader is called again; five seconds at first. */
    public CacheBuilder<K, V> staleRetry(Duration staleRetry) {
        loading = loading.withStaleRetry(staleRetry);
        return this;
    }

    /**
     * Sets the share of the ttl after which a call with a loader begins to reload the value in the background, above 0 and up to 1; 1 at
     * first, which is not before it is stale. Of all callers, in all processes, one reloads, and all are answered at once.
     */
    public CacheBuilder<K, V> refreshAhead(double share) {
        loading = loading.withRefresh(loading.refresh().withAhead(share));
        return this;
    }

    /**
     * Sets how much earlier than at its end a value is reloaded in the background by chance, in times that its load took; 0 at first, which
     * is not at all. With 1, a value whose load takes a second is reloaded about a second before its end: sooner if many ask (XFetch).
     */
    public CacheBuilder<K, V> refreshEarly(double loadTimes) {
        loading = loading.withRefresh(loading.refresh().withEarly(loadTimes));
        return this;
    }

    /**
     * Sets that the keys which different calls of {@code getAll} reload in the background by the same loader are gathered for {@code within},
     * and loaded together, up to {@code keysMax} in one call of it. At first each call reloads its own.
     *
     * <p>The same loader is one that {@code equals} the other: one object, kept in a field.
     */
    public CacheBuilder<K, V> refreshBatch(int keysMax, Duration within) {
        loading = loading.withRefresh(loading.refresh().withBatch(keysMax, within));
        return this;
    }

    /**
     * Sets the longest wait for a load, {@link EntryOptions#NEVER} for no limit, as at first. Beyond it the caller gets a {@link
     * LoadException}, or the stale value; the load goes on, and is stored unless it was invalidated. With a limit loaders run on the
     * {@link Larder}'s executor.
     */
    public CacheBuilder<K, V> loadTimeout(Duration loadTimeout) {
        loading = loading.withLoadTimeout(loadTimeout);
        return this;
    }

    /** Sets how long "no such thing" is cached when a loader returns null; without it, it is not. */
    public CacheBuilder<K, V> missTtl(Duration missTtl) {
        defaults = defaults.missTtl(missTtl);
        return this;
    }

    /** Sets the share of the ttl, 0 to 1, by which entries at random end earlier, so that they do not all end together. */
    public CacheBuilder<K, V> jitter(double share) {
        defaults = defaults.jitter(share);
        return this;
    }

    /** Sets what every entry is tagged with, beside the tags that it is put or loaded with; nothing at first. */
    public CacheBuilder<K, V> tags(String... tags) {
        defaults = defaults.tags(tags);
        return this;
    }

    /** Sets the namespace, which keeps applications apart that share a server; empty at first. */
    public CacheBuilder<K, V> namespace(String namespace) {
        this.namespace = namespace;
        return this;
    }

    /** Sets the version of what is stored, 1 at first; another version starts empty and leaves the old one alone. */
    public CacheBuilder<K, V> version(int version) {
        if (version < 1) {
            throw new IllegalArgumentException("version must be positive, was " + version);
        }
        this.version = version;
        return this;
    }

    /** Sets what a read does when the backend fails; {@link OnError#MISS} at first. */
    public CacheBuilder<K, V> onError(OnError onError) {
        this.onError = onError;
        return this;
    }

    /**
     * Sets how often a read or a removal is tried again that failed for a reason which may pass, within the timeout; not at all at
     * first. A removal that was tried again may say that there was no entry, though it removed one.
     */
    public CacheBuilder<K, V> retries(int retries) {
        if (retries < 0) {
            throw new IllegalArgumentException("retries must not be negative, was " + retries);
        }
        this.retries = retries;
        return this;
    }

    /** Lets the cache begin as one that is on, as at first; {@link Cache#disable} switches it off. */
    public CacheBuilder<K, V> enabled() {
        enabled = true;
        return this;
    }

    /** Lets the cache begin as one that is off; {@link Cache#enable} switches it on. */
    public CacheBuilder<K, V> disabled() {
        enabled = false;
        return this;
    }

    /** Sets who shares a load; {@link Stampede#PROCESS} at first. */
    public CacheBuilder<K, V> stampede(Stampede stampede) {
        loading = loading.withStampede(stampede);
        return this;
    }

    /**
     * Sets the longest wait for one answer of the backend, {@link EntryOptions#NEVER} for no limit; one second at first where the
     * backend is not in this process.
     */
    public CacheBuilder<K, V> timeout(Duration timeout) {
        if (timeout.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("timeout must be at least 1ms, was " + Units.text(timeout));
        }
        this.timeout = timeout;
        return this;
    }

    /** Sets how keys are written; needed for types other than strings, integers, UUIDs and enums. */
    public CacheBuilder<K, V> keyCodec(KeyCodec<K> keyCodec) {
        this.keyCodec = keyCodec;
        return this;
    }

    /** Sets how values are written by backends that keep bytes; JSON at first. */
    public CacheBuilder<K, V> codec(Codec<V, byte[]> codec) {
        this.codec = codec;
        this.chain = null;
        return this;
    }

    /** Sets how values are written by backends that keep bytes, as {@code codec=} in a URL does: {@code "json+zlib(level=9)"}. */
    public CacheBuilder<K, V> codec(String chain) {
        this.chain = CodecChain.parse(chain);
        this.codec = null;
        return this;
    }

    /** Sets how entries are measured where a backend that keeps objects is bounded in bytes; elsewhere it is not asked. */
    public CacheBuilder<K, V> weigher(Weigher<K, V> weigher) {
        this.weigher = weigher;
        return this;
    }

    /** Adds a listener for what is not thrown. */
    public CacheBuilder<K, V> listener(CacheListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Opens the cache, or returns the one that is open already under this name, namespace and version.
     *
     * @throws ConfigException when the settings cannot work, or differ from those of the open one
     */
    public Cache<K, V> build() {
        return larder.open(settings());
    }

    /**
     * Opens what lies at the backend under this name, namespace and version, for tools that move entries without reading them: keys
     * as strings, values as the bytes that the URL's codec wrote. A backend that keeps objects keeps the byte arrays themselves.
     * Of tiers it is the last, and the nearer ones are passed by.
     *
     * <p>Calls fail where those of a cache would be misses. The {@link Larder} closes it.
     *
     * @throws ConfigException when a cache is open under the same name, namespace and version
     */
    public Backend<String, byte[]> bytes() {
        return larder.openBytes(settings());
    }

    private CacheSettings<K, V> settings() {
        return new CacheSettings<>(
                new CacheScope(namespace, name, version),
                keyType,
                valueType,
                defaults,
                loading,
                urlCodec,
                keyCodec == null ? KeyCodecs.of(keyType) : keyCodec,
                codec,
                chain,
                weigher,
                timeout,
                onError,
                enabled,
                retries,
                List.copyOf(listeners));
    }
}
