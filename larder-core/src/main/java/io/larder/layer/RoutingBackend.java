package io.larder.layer;

import io.larder.CodecException;
import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.Capability;
import io.larder.spi.Entry;
import io.larder.spi.KeyCodec;
import io.larder.spi.KeyPattern;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.Lookup;
import io.larder.spi.Pages;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each key in the backend that its prefix names, the longest one that it begins with. As thread-safe as the backends.
 *
 * <p>A call for one key, and its lease, is the business of one backend; tags, patterns and {@code clear} visit all of them, and can do
 * what all of them can. An entry that lies in a backend where its key does not belong, from a time when the prefixes were others, is not
 * found and not listed; invalidations remove it, and count it.
 */
public final class RoutingBackend<K, V> implements Backend<K, V>, Known {

    private final KeyCodec<K> keys;
    private final Backend<K, V> rest;
    /** The longest prefix first. */
    private final List<Route<K, V>> routes;
    /** Each once, the one for the rest first. */
    private final Set<Backend<K, V>> all;

    private final Set<Capability> capabilities;

    private record Route<K, V>(String prefix, Backend<K, V> backend) {}

    /** Makes one; a backend may stand for several prefixes, and {@code keys} writes a key as the text that has a prefix. */
    public RoutingBackend(KeyCodec<K> keys, Backend<K, V> rest, Map<String, Backend<K, V>> byPrefix) {
        this.keys = keys;
        this.rest = rest;
        this.routes = byPrefix.entrySet().stream()
                .map(route -> new Route<>(route.getKey(), route.getValue()))
                .sorted(Comparator.comparingInt(route -> -route.prefix().length()))
                .toList();
        this.all = new LinkedHashSet<>();
        all.add(rest);
        routes.forEach(route -> all.add(route.backend()));
        Set<Capability> common = EnumSet.allOf(Capability.class);
        all.forEach(backend -> common.retainAll(backend.capabilities()));
        this.capabilities = Set.copyOf(common);
    }

    private Backend<K, V> of(K key) {
        String text = keys.encode(key);
        for (Route<K, V> route : routes) {
            if (text.startsWith(route.prefix())) {
                return route.backend();
            }
        }
        return rest;
    }

    /** Asks the backend of {@code key}; a key that cannot be written is a failed reply, as every other failure is. */
    private <T extends @Nullable Object> Reply<T> ask(K key, Function<Backend<K, V>, Reply<T>> call) {
        try {
            return call.apply(of(key));
        } catch (CodecException e) {
            return Reply.failed(e);
        }
    }

    /** Asks each backend for those of {@code wanted} that belong there. */
    private <T extends @Nullable Object> Reply<List<T>> askForAll(
            Collection<K> wanted, BiFunction<Backend<K, V>, List<K>, Reply<T>> call) {
        try {
            Map<Backend<K, V>, List<K>> byBackend = new LinkedHashMap<>();
            wanted.forEach(key -> byBackend
                    .computeIfAbsent(of(key), none -> new ArrayList<>())
                    .add(key));
            List<Reply<T>> replies = new ArrayList<>();
            byBackend.forEach((backend, theirs) -> replies.add(call.apply(backend, theirs)));
            return Reply.all(replies);
        } catch (CodecException e) {
            return Reply.failed(e);
        }
    }

    private <T extends @Nullable Object> Reply<List<T>> askEach(Function<Backend<K, V>, Reply<T>> call) {
        return Reply.all(all.stream().map(call).toList());
    }

    private static Reply<Long> sum(Reply<List<Long>> counts) {
        return counts.map(each -> each.stream().mapToLong(Long::longValue).sum());
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public @Nullable Entry<V> getNow(K key) {
        try {
            return of(key).getNow(key);
        } catch (CodecException e) {
            return null;
        }
    }

    @Override
    public Reply<@Nullable Entry<V>> get(K key) {
        return ask(key, backend -> backend.get(key));
    }

    @Override
    public Reply<Map<K, Entry<V>>> getAll(Collection<K> wanted) {
        return askForAll(wanted, Backend::getAll).map(parts -> {
            Map<K, Entry<V>> found = new LinkedHashMap<>();
            parts.forEach(found::putAll);
            return found;
        });
    }

    @Override
    public Reply<? extends Lookup<V>> getOrLease(K key, String token, LeaseTerms terms) {
        try {
            return of(key).getOrLease(key, token, terms);
        } catch (CodecException e) {
            return Reply.failed(e);
        }
    }

    @Override
    public Reply<Boolean> putLeased(K key, Entry<V> entry, Lease<V> lease) {
        return ask(key, backend -> backend.putLeased(key, entry, lease));
    }

    @Override
    public Reply<@Nullable Void> release(K key, Lease<V> lease) {
        return ask(key, backend -> backend.release(key, lease));
    }

    @Override
    public Reply<Boolean> put(K key, Entry<V> entry, PutMode mode) {
        return ask(key, backend -> backend.put(key, entry, mode));
    }

    @Override
    public Reply<@Nullable Void> putAll(Map<K, Entry<V>> entries) {
        return askForAll(entries.keySet(), (backend, theirs) -> {
                    Map<K, Entry<V>> part = new LinkedHashMap<>();
                    theirs.forEach(key -> part.put(key, Objects.requireNonNull(entries.get(key))));
                    return backend.putAll(part);
                })
                .then(done -> Reply.none());
    }

    @Override
    public Reply<Boolean> remove(K key) {
        return ask(key, backend -> backend.remove(key));
    }

    @Override
    public Reply<Long> removeAll(Collection<K> unwanted) {
        return sum(askForAll(unwanted, Backend::removeAll));
    }

    @Override
    public Reply<Boolean> expire(K key, Lifetime lifetime) {
        return ask(key, backend -> backend.expire(key, lifetime));
    }

    @Override
    public Reply<Long> add(K key, long delta, Entry<Long> initial) {
        return ask(key, backend -> backend.add(key, delta, initial));
    }

    @Override
    public Reply<Long> invalidateTag(String tag) {
        return sum(askEach(backend -> backend.invalidateTag(tag)));
    }

    @Override
    public Pages<KeyedEntry<K, V>> entriesByTag(String tag) {
        return walk(backend -> backend.entriesByTag(tag), KeyedEntry::key);
    }

    @Override
    public Pages<K> keys(KeyPattern pattern) {
        return walk(backend -> backend.keys(pattern), key -> key);
    }

    @Override
    public Pages<KeyedEntry<K, V>> entries(KeyPattern pattern) {
        return walk(backend -> backend.entries(pattern), KeyedEntry::key);
    }

    /** Walks through one backend after the other, past what does not belong there. */
    private <T> Pages<T> walk(Function<Backend<K, V>, Pages<T>> begin, Function<T, K> key) {
        Iterator<Pages<T>> walks = all.stream()
                .map(backend ->
                        begin.apply(backend).<T>mapNotNull(result -> of(key.apply(result)) == backend ? result : null))
                .toList()
                .iterator();
        return new Walk<>(walks.next(), walks);
    }

    /** Confined to one caller at a time, as all pages are. */
    private static final class Walk<T> implements Pages<T> {

        private final Iterator<Pages<T>> left;
        private Pages<T> current;

        Walk(Pages<T> first, Iterator<Pages<T>> left) {
            this.current = first;
            this.left = left;
        }

        @Override
        public Reply<List<T>> next() {
            return current.next().then(page -> {
                if (!page.isEmpty() || !left.hasNext()) {
                    return Reply.ready(page);
                }
                current = left.next();
                return next();
            });
        }
    }

    @Override
    public Reply<Long> removeMatching(KeyPattern pattern) {
        return sum(askEach(backend -> backend.removeMatching(pattern)));
    }

    @Override
    public Reply<@Nullable Void> clear() {
        return askEach(Backend::clear).then(done -> Reply.none());
    }

    @Override
    public Reply<@Nullable Void> ping() {
        return askEach(Backend::ping).then(done -> Reply.none());
    }

    @Override
    public Reply<BackendInfo> info() {
        return askEach(Backend::info).map(Known::together);
    }

    @Override
    public List<BackendInfo> known() {
        return all.stream().flatMap(backend -> Known.of(backend).stream()).toList();
    }

    @Override
    public void close() {
        RuntimeException first = null;
        for (Backend<K, V> backend : all) {
            try {
                backend.close();
            } catch (RuntimeException failure) {
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
