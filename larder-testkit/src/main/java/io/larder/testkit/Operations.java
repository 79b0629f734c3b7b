package io.larder.testkit;

import io.larder.spi.Capability;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.Lifetime;
import io.larder.spi.Lookup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Draws random calls; the same seed draws the same ones. Confined to one thread. */
final class Operations<V> {

    static final List<String> KEYS = List.of("a", "b", "", "tag:x", "a*", "ключ");
    static final List<String> TAGS = List.of("x", "y", "");
    private static final List<String> GLOBS = List.of("*", "a*", "?", "a\\*", "[a-b]", "nothing");
    private static final long TTL_MILLIS_MAX = 100;

    private final Random random;
    private final Caller<V> maker;
    private final Set<Capability> capabilities;
    private final List<Supplier<Operation<V>>> kinds = new ArrayList<>();
    private int count;

    /** One call, made the same on both sides; what it returns can be compared. */
    record Operation<V>(String text, Function<Side<V>, Object> call) {

        @Override
        public String toString() {
            return text;
        }
    }

    /** One of the two backends, and the leases that it showed. */
    record Side<V>(Caller<V> backend, Map<String, Lease<V>> leases) {

        Side(Caller<V> backend) {
            this(backend, new HashMap<>());
        }

        /** Returns what the call returned, or the kind of failure. */
        Object outcome(Operation<V> operation) {
            try {
                return operation.call().apply(this);
            } catch (RuntimeException e) {
                return e.getClass().getSimpleName();
            }
        }

        /** Returns everything there is, as far as the backend can tell. */
        Map<String, Object> state(Set<Capability> capabilities) {
            Map<String, Object> state = new TreeMap<>();
            KEYS.forEach(key -> state.put("key '" + key + "'", described(backend.find(key))));
            if (capabilities.contains(Capability.TAGS)) {
                TAGS.forEach(tag -> state.put("tag '" + tag + "'", backend.entriesByTag(tag)));
            }
            if (capabilities.contains(Capability.LISTING)) {
                state.put("entries", backend.entries("*"));
            }
            return state;
        }

        private String described(@Nullable Entry<V> entry) {
            return entry == null
                    ? "missing"
                    : backend.text(entry) + " " + entry.lifetime() + " " + new TreeSet<>(entry.tags());
        }

        private String described(String key, Lookup<V> found) {
            if (found instanceof Lease<V> lease) {
                leases.put(key, lease);
                return "lease " + lease.token();
            }
            return described((Entry<V>) found);
        }
    }

    Operations(long seed, Caller<V> maker, Set<Capability> capabilities) {
        this.random = new Random(seed);
        this.maker = maker;
        this.capabilities = capabilities;
        kinds.addAll(List.of(
                this::get,
                this::getAll,
                this::put,
                this::put,
                this::putIfAbsent,
                this::replace,
                this::putAll,
                this::remove));
        kinds.addAll(List.of(
                this::removeAll,
                this::expire,
                this::lease,
                this::lease,
                this::lease,
                this::putLeased,
                this::putLeased));
        kinds.add(this::release);
        if (random.nextInt(4) == 0) {
            kinds.add(this::clear);
        }
        if (capabilities.contains(Capability.COUNTERS)) {
            kinds.add(this::add);
        }
        if (capabilities.contains(Capability.TAGS)) {
            kinds.addAll(List.of(this::invalidateTag, this::entriesByTag));
        }
        if (capabilities.contains(Capability.LISTING)) {
            kinds.addAll(List.of(this::keys, this::entries, this::removeMatching));
        }
    }

    Operation<V> next() {
        count++;
        return one(kinds).get();
    }

    /** Returns how long to wait before the next call, mostly not at all. */
    Duration pause() {
        return random.nextInt(3) == 0 ? Duration.ofMillis(random.nextInt(30)) : Duration.ZERO;
    }

    private Operation<V> get() {
        String key = key();
        return operation("get " + key, side -> side.described(side.backend().find(key)));
    }

    private Operation<V> getAll() {
        String[] keys = {key(), key(), key()};
        return operation("getAll " + List.of(keys), side -> side.backend().getAll(keys));
    }

    private Operation<V> put() {
        String key = key();
        Entry<V> entry = entry();
        return operation("put " + key + " " + entry, side -> {
            side.backend().put(key, entry);
            return "put";
        });
    }

    private Operation<V> putIfAbsent() {
        String key = key();
        Entry<V> entry = entry();
        return operation(
                "putIfAbsent " + key + " " + entry, side -> side.backend().putIfAbsent(key, entry));
    }

    private Operation<V> replace() {
        String key = key();
        Entry<V> entry = entry();
        return operation("replace " + key + " " + entry, side -> side.backend().replace(key, entry));
    }

    private Operation<V> putAll() {
        Map<String, Entry<V>> entries = new TreeMap<>();
        entries.put(key(), entry());
        entries.put(key(), entry());
        return operation("putAll " + entries, side -> {
            side.backend().putAll(entries);
            return "put";
        });
    }

    private Operation<V> remove() {
        String key = key();
        return operation("remove " + key, side -> side.backend().remove(key));
    }

    private Operation<V> removeAll() {
        List<String> keys = List.of(key(), key(), key());
        return operation("removeAll " + keys, side -> side.backend().removeAll(keys));
    }

    private Operation<V> expire() {
        String key = key();
        Lifetime lifetime = lifetime();
        return operation(
                "expire " + key + " " + lifetime, side -> side.backend().expire(key, lifetime));
    }

    private Operation<V> lease() {
        String key = key();
        String token = "t" + count;
        return operation(
                "getOrLease " + key + " " + token,
                side -> side.described(key, side.backend().lookup(key, token)));
    }

    private Operation<V> putLeased() {
        String key = key();
        Entry<V> entry = entry();
        return operation("putLeased " + key + " " + entry, side -> {
            Lease<V> lease = side.leases().get(key);
            return lease == null ? "no lease" : side.backend().putLeased(key, entry, lease);
        });
    }

    private Operation<V> release() {
        String key = key();
        return operation("release " + key, side -> {
            Lease<V> lease = side.leases().get(key);
            if (lease != null) {
                side.backend().release(key, lease);
            }
            return "released";
        });
    }

    private Operation<V> clear() {
        return operation("clear", side -> {
            side.backend().clear();
            return "clear";
        });
    }

    private Operation<V> add() {
        String key = key();
        long delta = random.nextInt(9) == 0 ? Long.MAX_VALUE : random.nextInt(100) - 50;
        Entry<Long> initial = new Entry<>(random.nextLong() >> random.nextInt(64), lifetime(), Set.of());
        return operation(
                "add " + key + " " + delta + " to " + initial.value(),
                side -> side.backend().add(key, delta, initial));
    }

    private Operation<V> invalidateTag() {
        String tag = one(TAGS);
        return operation("invalidateTag " + tag, side -> side.backend().invalidateTag(tag));
    }

    private Operation<V> entriesByTag() {
        String tag = one(TAGS);
        return operation("entriesByTag " + tag, side -> side.backend().entriesByTag(tag));
    }

    private Operation<V> keys() {
        String glob = one(GLOBS);
        return operation("keys " + glob, side -> side.backend().keys(glob));
    }

    private Operation<V> entries() {
        String glob = one(GLOBS);
        return operation("entries " + glob, side -> side.backend().entries(glob));
    }

    private Operation<V> removeMatching() {
        String glob = one(GLOBS);
        return operation("removeMatching " + glob, side -> side.backend().removeMatching(glob));
    }

    private Operation<V> operation(String text, Function<Side<V>, Object> call) {
        return new Operation<>(count + ". " + text, call);
    }

    /**
     * An entry has tags or a time to be stale, not both: whether the invalidation of a tag that only a stale entry carries ends the
     * lease on its key is left to the backend.
     */
    private Entry<V> entry() {
        String text = random.nextInt(8) == 0 ? Caller.NOTHING : random.nextBoolean() ? "text" + count : "" + count;
        Lifetime lifetime = lifetime();
        boolean tagged = lifetime.freshUntilMillis() == lifetime.keepUntilMillis()
                && capabilities.contains(Capability.TAGS)
                && random.nextBoolean();
        String[] tags =
                tagged ? TAGS.stream().filter(tag -> random.nextBoolean()).toArray(String[]::new) : new String[0];
        return maker.entry(text, lifetime, tags);
    }

    private Lifetime lifetime() {
        Duration ttl = Duration.ofMillis(random.nextLong(TTL_MILLIS_MAX));
        return switch (random.nextInt(6)) {
            case 0, 1 ->
                Lifetime.endless(maker.lifetime(Duration.ZERO, Duration.ZERO).createdMillis());
            case 2 -> maker.lifetime(ttl, Duration.ofMillis(random.nextLong(TTL_MILLIS_MAX)));
            case 3 -> maker.lifetime(Duration.ZERO, Duration.ZERO);
            default -> maker.lifetime(ttl, Duration.ZERO);
        };
    }

    private String key() {
        return one(KEYS);
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
