package io.larder.testkit;

import io.larder.BackendException;
import io.larder.Clock;
import io.larder.layer.ForwardingBackend;
import io.larder.spi.Backend;
import io.larder.spi.Capability;
import io.larder.spi.ChangeListener;
import io.larder.spi.Cover;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.Lease;
import io.larder.spi.Lifetime;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import io.larder.spi.Watch;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A backend that tells its watches of each change before the call returns, until a test cuts them off. As thread-safe as what is below
 * it.
 */
public final class WatchedBackend<K, V> extends ForwardingBackend<K, V> {

    private final Set<ChangeListener<K>> listeners = ConcurrentHashMap.newKeySet();
    private final @Nullable Cover cover;
    private volatile boolean cut;
    private volatile boolean optional;

    /** Makes one around {@code below}, whose watches are asked key by key. */
    public WatchedBackend(Backend<K, V> below) {
        super(below);
        this.cover = null;
    }

    /** Makes one around {@code below}, whose watches have a {@link Cover}. */
    public WatchedBackend(Backend<K, V> below, Clock clock) {
        super(below);
        this.cover = new Cover(clock);
        cover.holdUntil(Long.MAX_VALUE / 2);
    }

    /** Covers no key from now on, and tells nobody of what changes. */
    public void cut() {
        cut = true;
        if (cover != null) {
            cover.end();
        }
    }

    /** Covers every key again, after it has told that all of them may have changed. */
    public void mend() {
        listeners.forEach(told -> told.changed(KeyPattern.ALL));
        cover();
    }

    /** Covers every key again, and tells nobody anything: a step of {@link #mend}. */
    void cover() {
        cut = false;
        if (cover != null) {
            cover.holdUntil(Long.MAX_VALUE / 2);
        }
    }

    /** Tells that nobody will be told any more, as a server does that cannot; near tiers may do without if it is {@code optional}. */
    public void refuse(boolean optional) {
        this.optional = optional;
        cut();
        RuntimeException cause = BackendException.lasting("Watched backend: tells nobody any more", null);
        listeners.forEach(told -> told.refused(cause));
    }

    /** Returns what is below without {@link Capability#LOCAL}, since others are told of changes because they use it too. */
    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.copyOf(below.capabilities());
        capabilities.remove(Capability.LOCAL);
        return capabilities;
    }

    @Override
    public Reply<Boolean> putLeased(K key, Entry<V> entry, Lease<V> lease) {
        return telling(below.putLeased(key, entry, lease), told -> told.changed(key));
    }

    @Override
    public Reply<Boolean> put(K key, Entry<V> entry, PutMode mode) {
        return telling(below.put(key, entry, mode), told -> told.changed(key));
    }

    @Override
    public Reply<@Nullable Void> putAll(Map<K, Entry<V>> entries) {
        return telling(below.putAll(entries), told -> entries.keySet().forEach(told::changed));
    }

    @Override
    public Reply<Boolean> remove(K key) {
        return telling(below.remove(key), told -> told.changed(key));
    }

    @Override
    public Reply<Long> removeAll(Collection<K> keys) {
        return telling(below.removeAll(keys), told -> keys.forEach(told::changed));
    }

    @Override
    public Reply<Boolean> expire(K key, Lifetime lifetime) {
        return telling(below.expire(key, lifetime), told -> told.changed(key));
    }

    @Override
    public Reply<Long> add(K key, long delta, Entry<Long> initial) {
        return telling(below.add(key, delta, initial), told -> told.changed(key));
    }

    @Override
    public Reply<Long> invalidateTag(String tag) {
        return telling(below.invalidateTag(tag), told -> told.changedTag(tag));
    }

    @Override
    public Reply<Long> removeMatching(KeyPattern pattern) {
        return telling(below.removeMatching(pattern), told -> told.changed(pattern));
    }

    @Override
    public Reply<@Nullable Void> clear() {
        return telling(below.clear(), told -> told.changed(KeyPattern.ALL));
    }

    private <T extends @Nullable Object> Reply<T> telling(Reply<T> change, Consumer<ChangeListener<K>> step) {
        return change.whenDone(() -> {
            if (!cut) {
                listeners.forEach(step);
            }
        });
    }

    @Override
    public Watch<K> watch(ChangeListener<K> told) {
        listeners.add(told);
        return new Watch<>() {
            @Override
            public String name() {
                return "telling";
            }

            @Override
            public Duration bound() {
                return Duration.ZERO;
            }

            @Override
            public boolean covers(K key) {
                return !cut;
            }

            @Override
            public @Nullable Cover cover() {
                return cover;
            }

            @Override
            public boolean isOptional() {
                return optional;
            }

            @Override
            public void close() {
                listeners.remove(told);
            }
        };
    }
}
