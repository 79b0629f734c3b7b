package io.larder.layer;

import io.larder.CodecException;
import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.Capability;
import io.larder.spi.ChangeListener;
import io.larder.spi.Codec;
import io.larder.spi.DamagedEntry;
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
import io.larder.spi.Watch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps objects in a backend of bytes. Thread-safe.
 *
 * <p>What is stored but cannot be decoded, or is a {@link DamagedEntry}, is a miss, and is removed when somebody wants to load in
 * its place.
 */
public final class CodecBackend<K, V> implements Backend<K, V>, Known {

    private static final byte[] ZERO = {'0'};

    private final Backend<String, byte[]> below;
    private final KeyCodec<K> keys;
    private final Codec<V, byte[]> values;
    private final ReadEvents events;
    /** Null until somebody counts. */
    private volatile @Nullable Boolean countsInDigits;

    /** Makes one around {@code below}. */
    public CodecBackend(Backend<String, byte[]> below, KeyCodec<K> keys, Codec<V, byte[]> values, ReadEvents events) {
        this.below = below;
        this.keys = keys;
        this.values = values;
        this.events = events;
    }

    @Override
    public Set<Capability> capabilities() {
        return below.capabilities();
    }

    @Override
    public Reply<@Nullable Entry<V>> get(K key) {
        return encoding(key, text -> below.get(text).map(entry -> entry == null ? null : decode(key, text, entry)));
    }

    /** What cannot be decoded is not at hand; {@link #get} tells of it. */
    @Override
    public @Nullable Entry<V> getNow(K key) {
        try {
            String text = keys.encode(key);
            Entry<byte[]> entry = below.getNow(text);
            return entry == null || entry instanceof DamagedEntry ? null : decoded(text, entry);
        } catch (CodecException e) {
            return null;
        }
    }

    @Override
    public Reply<Map<K, Entry<V>>> getAll(Collection<K> wanted) {
        List<String> texts = new ArrayList<>(wanted.size());
        return encoding(() -> {
                    wanted.forEach(key -> texts.add(keys.encode(key)));
                    return below.getAll(texts);
                })
                .map(found -> {
                    Map<K, Entry<V>> decoded = new HashMap<>(2 * found.size());
                    int i = 0;
                    for (K key : wanted) {
                        String text = texts.get(i++);
                        Entry<byte[]> entry = found.get(text);
                        Entry<V> value = entry == null ? null : decode(key, text, entry);
                        if (value != null) {
                            decoded.put(key, value);
                        }
                    }
                    return decoded;
                });
    }

    @Override
    public Reply<? extends Lookup<V>> getOrLease(K key, String token, LeaseTerms terms) {
        return encoding(key, text -> {
            Reply<Lookup<byte[]>> lookup = below.getOrLease(text, token, terms).map(found -> found);
            return lookup.then(found -> {
                Lookup<V> decoded = decode(key, text, found);
                return decoded != null ? Reply.ready(decoded) : leaseInPlace(key, text, token, terms);
            });
        });
    }

    /** Makes room for a load where something undecodable is in the way. */
    private Reply<Lookup<V>> leaseInPlace(K key, String text, String token, LeaseTerms terms) {
        return below.remove(text)
                .then(removed -> below.getOrLease(text, token, terms))
                .map(found -> {
                    Lookup<V> decoded = decode(key, text, found);
                    if (decoded == null) {
                        throw new CodecException(
                                "Cannot decode what is stored again and again under key '" + text + "'", null);
                    }
                    return decoded;
                });
    }

    private @Nullable Lookup<V> decode(K key, String text, Lookup<byte[]> found) {
        return found instanceof Entry<byte[]> entry ? decode(key, text, entry) : retyped((Lease<byte[]>) found);
    }

    @Override
    public Reply<Boolean> putLeased(K key, Entry<V> entry, Lease<V> lease) {
        return encoding(key, text -> below.putLeased(text, encode(text, entry), retyped(lease)));
    }

    @Override
    public Reply<@Nullable Void> release(K key, Lease<V> lease) {
        return encoding(key, text -> below.release(text, retyped(lease)));
    }

    @Override
    public Reply<Boolean> put(K key, Entry<V> entry, PutMode mode) {
        return encoding(key, text -> below.put(text, encode(text, entry), mode));
    }

    @Override
    public Reply<@Nullable Void> putAll(Map<K, Entry<V>> entries) {
        return encoding(() -> {
            Map<String, Entry<byte[]>> encoded = new LinkedHashMap<>();
            entries.forEach((key, entry) -> {
                String text = keys.encode(key);
                encoded.put(text, encode(text, entry));
            });
            return below.putAll(encoded);
        });
    }

    @Override
    public Reply<Boolean> remove(K key) {
        return encoding(key, below::remove);
    }

    @Override
    public Reply<Long> removeAll(Collection<K> unwanted) {
        return encoding(
                () -> below.removeAll(unwanted.stream().map(keys::encode).toList()));
    }

    @Override
    public Reply<Boolean> expire(K key, Lifetime lifetime) {
        return encoding(key, text -> below.expire(text, lifetime));
    }

    @Override
    public Reply<Long> add(K key, long delta, Entry<Long> initial) {
        return encoding(key, text -> {
            if (!countsInDigits()) {
                throw new CodecException(
                        "Cannot count under key '" + text
                                + "': counters are decimal digits where they lie, and"
                                + " the cache's codec does not read those. Count in a cache with 'codec=json'",
                        null);
            }
            return below.add(text, delta, initial);
        });
    }

    @Override
    public Reply<Long> invalidateTag(String tag) {
        return below.invalidateTag(tag);
    }

    @Override
    public Pages<KeyedEntry<K, V>> entriesByTag(String tag) {
        return below.entriesByTag(tag).mapNotNull(this::decode);
    }

    @Override
    public Pages<K> keys(KeyPattern pattern) {
        return below.keys(pattern).mapNotNull(this::decodeKey);
    }

    @Override
    public Pages<KeyedEntry<K, V>> entries(KeyPattern pattern) {
        return below.entries(pattern).mapNotNull(this::decode);
    }

    @Override
    public Reply<Long> removeMatching(KeyPattern pattern) {
        return below.removeMatching(pattern);
    }

    @Override
    public Reply<@Nullable Void> clear() {
        return below.clear();
    }

    @Override
    public @Nullable Watch<K> watch(ChangeListener<K> told) {
        return DecodedWatch.of(below, keys, told);
    }

    @Override
    public Reply<@Nullable Void> ping() {
        return below.ping();
    }

    @Override
    public Reply<BackendInfo> info() {
        return below.info();
    }

    @Override
    public List<BackendInfo> known() {
        return Known.of(below);
    }

    @Override
    public void close() {
        below.close();
    }

    private boolean countsInDigits() {
        Boolean known = countsInDigits;
        if (known == null) {
            try {
                known = String.valueOf(values.decode(ZERO)).equals("0");
            } catch (CodecException e) {
                known = false;
            }
            countsInDigits = known;
        }
        return known;
    }

    private Entry<byte[]> encode(String text, Entry<V> entry) {
        V value = entry.value();
        return entry.withValue(value == null ? null : values.boundTo(text).encode(value));
    }

    private @Nullable Entry<V> decode(K key, String text, Entry<byte[]> entry) {
        if (entry instanceof DamagedEntry damaged) {
            events.undecodable(key, damaged.why());
            return null;
        }
        try {
            return decoded(text, entry);
        } catch (CodecException e) {
            events.undecodable(key, e);
            return null;
        }
    }

    private Entry<V> decoded(String text, Entry<byte[]> entry) {
        byte[] encoded = entry.value();
        return entry.withValue(encoded == null ? null : values.boundTo(text).decode(encoded));
    }

    private @Nullable KeyedEntry<K, V> decode(KeyedEntry<String, byte[]> keyed) {
        K key = decodeKey(keyed.key());
        Entry<V> entry = key == null ? null : decode(key, keyed.key(), keyed.entry());
        return key == null || entry == null ? null : new KeyedEntry<>(key, entry);
    }

    private @Nullable K decodeKey(String text) {
        try {
            return keys.decode(text);
        } catch (CodecException e) {
            events.undecodable(text, e);
            return null;
        }
    }

    private static <A, B> Lease<B> retyped(Lease<A> lease) {
        return new Lease<>(lease.token(), lease.epoch());
    }

    /** Makes {@code call} with the key as a string. */
    private <T extends @Nullable Object> Reply<T> encoding(K key, Function<String, Reply<T>> call) {
        return encoding(() -> call.apply(keys.encode(key)));
    }

    /** Turns a key or a value that cannot be encoded into a reply, as every other failure is. */
    private static <T extends @Nullable Object> Reply<T> encoding(Supplier<Reply<T>> call) {
        try {
            return call.get();
        } catch (CodecException e) {
            return Reply.failed(e);
        }
    }
}
