package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Clock;
import io.larder.spi.Backend;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.Lookup;
import io.larder.spi.Pages;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls a backend in one view: each reply is asked for at once, and values are texts. As thread-safe as the backend.
 *
 * <p>A cached "no such thing" reads as {@link #NOTHING}.
 */
final class Caller<V> {

    static final String NOTHING = "(nothing)";

    private final Backend<String, V> backend;
    private final Values<V> values;
    private final Clock clock;
    private final View view;
    private final Executor executor;

    Caller(Backend<String, V> backend, Values<V> values, Clock clock, View view, Executor executor) {
        this.backend = backend;
        this.values = values;
        this.clock = clock;
        this.view = view;
        this.executor = executor;
    }

    /** Returns an entry that does not expire. */
    Entry<V> entry(String text, String... tags) {
        return entry(text, Lifetime.endless(clock.millis()), tags);
    }

    Entry<V> entry(String text, Duration ttl, String... tags) {
        return entry(text, lifetime(ttl, Duration.ZERO), tags);
    }

    Entry<V> entry(String text, Lifetime lifetime, String... tags) {
        return new Entry<>(text.equals(NOTHING) ? null : values.texts().encode(text), lifetime, Set.of(tags));
    }

    /** Returns an entry that is a counter, as {@link Backend#add} wants it. */
    Entry<Long> initial(long value, Duration ttl, String... tags) {
        return new Entry<>(value, lifetime(ttl, Duration.ZERO), Set.of(tags));
    }

    Lifetime lifetime(Duration ttl, Duration staleFor) {
        long now = clock.millis();
        return new Lifetime(now, now + ttl.toMillis(), now + ttl.plus(staleFor).toMillis());
    }

    @Nullable
    Entry<V> find(String key) {
        return ask(backend.get(key));
    }

    /** Returns the entry, which must be there. */
    Entry<V> existing(String key) {
        return Objects.requireNonNull(find(key), () -> "There should be an entry under key '" + key + "'");
    }

    /** Returns the text of the entry, be it fresh or stale, or null. */
    @Nullable
    String get(String key) {
        Entry<V> entry = find(key);
        return entry == null ? null : text(entry);
    }

    Map<String, String> getAll(String... keys) {
        Map<String, String> texts = new LinkedHashMap<>();
        ask(backend.getAll(List.of(keys))).forEach((key, entry) -> texts.put(key, text(entry)));
        return texts;
    }

    void put(String key, String text, String... tags) {
        put(key, entry(text, tags));
    }

    void put(String key, Entry<V> entry) {
        assertThat(ask(backend.put(key, entry, PutMode.ALWAYS)))
                .as("put of key '%s'", key)
                .isTrue();
    }

    boolean putIfAbsent(String key, Entry<V> entry) {
        return ask(backend.put(key, entry, PutMode.IF_ABSENT));
    }

    boolean replace(String key, Entry<V> entry) {
        return ask(backend.put(key, entry, PutMode.IF_PRESENT));
    }

    void putAll(Map<String, Entry<V>> entries) {
        ask(backend.putAll(entries));
    }

    boolean remove(String key) {
        return ask(backend.remove(key));
    }

    long removeAll(Collection<String> keys) {
        return ask(backend.removeAll(keys));
    }

    boolean expire(String key, Duration ttl) {
        return expire(key, lifetime(ttl, Duration.ZERO));
    }

    boolean expire(String key, Lifetime lifetime) {
        return ask(backend.expire(key, lifetime));
    }

    long add(String key, long delta) {
        return add(key, delta, new Entry<>(0L, Lifetime.endless(clock.millis()), Set.of()));
    }

    long add(String key, long delta, Entry<Long> initial) {
        return ask(backend.add(key, delta, initial));
    }

    long invalidateTag(String tag) {
        return ask(backend.invalidateTag(tag));
    }

    Map<String, String> entriesByTag(String tag) {
        return texts(backend.entriesByTag(tag));
    }

    List<String> keys(String glob) {
        return all(backend.keys(KeyPattern.glob(glob))).stream().sorted().toList();
    }

    Map<String, String> entries(String glob) {
        return texts(backend.entries(KeyPattern.glob(glob)));
    }

    List<KeyedEntry<String, V>> allEntries() {
        return all(backend.entries(KeyPattern.ALL));
    }

    long removeMatching(String glob) {
        return ask(backend.removeMatching(KeyPattern.glob(glob)));
    }

    void clear() {
        ask(backend.clear());
    }

    Lookup<V> lookup(String key, String token) {
        return ask(backend.getOrLease(key, token, LeaseTerms.TAGGED));
    }

    /** Looks for what may replace {@code entry}, though it is fresh. */
    Lookup<V> lookupOver(String key, String token, Entry<V> entry) {
        return ask(backend.getOrLease(key, token, LeaseTerms.TAGGED.over(entry)));
    }

    /** Returns the lease on {@code key}, which nobody else must hold. */
    Lease<V> lease(String key, String token) {
        Lease<V> lease = leaseShown(key, token);
        assertThat(lease.token()).as("token of the lease on key '%s'", key).isEqualTo(token);
        return lease;
    }

    /** Returns the lease on {@code key}, be it another's. */
    Lease<V> leaseShown(String key, String token) {
        Lookup<V> found = lookup(key, token);
        assertThat(found).as("what there is of key '%s'", key).isInstanceOf(Lease.class);
        return (Lease<V>) found;
    }

    /** Begins to store, and returns what goes on with it as far as it was not done at once. */
    BooleanSupplier beginPutLeased(String key, Entry<V> entry, Lease<V> lease) {
        Reply<Boolean> begun = backend.putLeased(key, entry, lease);
        return () -> ask(begun);
    }

    boolean putLeased(String key, Entry<V> entry, Lease<V> lease) {
        return ask(backend.putLeased(key, entry, lease));
    }

    void release(String key, Lease<V> lease) {
        ask(backend.release(key, lease));
    }

    String text(Entry<V> entry) {
        V value = entry.value();
        return value == null ? NOTHING : values.texts().decode(value);
    }

    private Map<String, String> texts(Pages<KeyedEntry<String, V>> pages) {
        Map<String, String> texts = new TreeMap<>();
        all(pages).forEach(keyed -> texts.put(keyed.key(), text(keyed.entry())));
        return texts;
    }

    private <T> List<T> all(Pages<T> pages) {
        List<T> all = new ArrayList<>();
        for (List<T> page = ask(pages.next()); !page.isEmpty(); page = ask(pages.next())) {
            all.addAll(page);
        }
        assertThat(ask(pages.next())).as("what follows the end").isEmpty();
        return all;
    }

    private <T extends @Nullable Object> T ask(Reply<T> reply) {
        return view.ask(reply, executor);
    }
}
