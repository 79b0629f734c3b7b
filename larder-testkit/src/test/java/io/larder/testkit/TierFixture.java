package io.larder.testkit;

import io.larder.Clock;
import io.larder.codec.KeyCodecs;
import io.larder.layer.ForwardingBackend;
import io.larder.spi.Backend;
import io.larder.spi.Codec;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.Lookup;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import io.larder.tier.TierEvents;
import io.larder.tier.TierRules;
import io.larder.tier.TieredBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A near tier in front of one that tells of changes, and what tests do to them. */
abstract class TierFixture {

    final FakeClock clock = new FakeClock();
    final ReferenceBackend<String, String> source = strings(clock);
    final WatchedBackend<String, String> watched = new WatchedBackend<>(source, clock);
    final Hooked far = new Hooked(watched);
    final ReferenceBackend<String, Object> near = copies(clock);
    final Failures failures = new Failures();

    /** Of this process, and of another, both told of what changes. */
    final Backend<String, String> tiered = tiered(near, far, null);

    final Backend<String, String> other = tiered(copies(clock), watched, null);

    static ReferenceBackend<String, String> strings(Clock clock) {
        return new ReferenceBackend<>(clock, KeyCodecs.of(String.class), Values.STRINGS.numbers());
    }

    static <C> ReferenceBackend<String, C> copies(Clock clock) {
        return new ReferenceBackend<>(clock, KeyCodecs.of(String.class), new NoNumbers<>());
    }

    TieredBackend<String, String> tiered(
            Backend<String, Object> near, Backend<String, String> far, @Nullable Duration nearTtl) {
        return TieredBackend.byReference(near, far, new TierRules(1, "near:", nearTtl), clock, failures);
    }

    /** One that is not told of what changes. */
    TieredBackend<String, String> untold(@Nullable Duration nearTtl) {
        return tiered(near, new FlakyBackend<>(source), nearTtl);
    }

    /** Runs a step when the far tier has been read, and before anybody is told what was found. */
    static final class Hooked extends ForwardingBackend<String, String> {

        Runnable step = () -> {};
        int reads;

        Hooked(Backend<String, String> below) {
            super(below);
        }

        @Override
        public Reply<@Nullable Entry<String>> get(String key) {
            return after(below.get(key));
        }

        @Override
        public Reply<Map<String, Entry<String>>> getAll(Collection<String> keys) {
            return after(below.getAll(keys));
        }

        @Override
        public Reply<? extends Lookup<String>> getOrLease(String key, String token, LeaseTerms terms) {
            return after(below.getOrLease(key, token, terms).map(found -> found));
        }

        private <T extends @Nullable Object> Reply<T> after(Reply<T> read) {
            return read.whenDone(() -> {
                reads++;
                step.run();
            });
        }
    }

    static final class Failures implements TierEvents {

        final List<Object> keys = new ArrayList<>();
        int refusals;

        @Override
        public void farRead(int tier, int keys) {
            // ObservingTest looks at these.
        }

        @Override
        public void watchRefused(String address, RuntimeException cause) {
            refusals++;
        }

        @Override
        public void readFailed(Object key, RuntimeException cause) {
            keys.add(key);
        }

        @Override
        public void undecodable(Object key, RuntimeException cause) {
            throw new AssertionError("Nothing is encoded here, but key '" + key + "' is", cause);
        }
    }

    /** A near tier is never asked to count. */
    static final class NoNumbers<C> implements Codec<Long, C> {

        @Override
        public C encode(Long value) {
            throw new AssertionError("A near tier counts " + value);
        }

        @Override
        public Long decode(C encoded) {
            throw new AssertionError("A near tier counts " + encoded);
        }
    }

    Entry<String> entry(String value) {
        return new Entry<>(value, Lifetime.endless(clock.millis()), Set.of("tag"));
    }

    static @Nullable String get(Backend<String, String> asked) {
        Entry<String> entry = asked.get("a").join();
        return entry == null ? null : entry.value();
    }

    boolean hasCopy() {
        return near.get("a").join() != null;
    }

    void put(String value) {
        watched.put("a", entry(value), PutMode.ALWAYS).join();
    }

    /** Writes as one of whom nobody is told. */
    void putUnheard(String value) {
        source.put("a", entry(value), PutMode.ALWAYS).join();
    }

    enum Reading {
        GET,
        GET_ALL,
        GET_OR_LEASE;

        void of(Backend<String, String> asked) {
            Reply<?> reply = switch (this) {
                case GET -> asked.get("a");
                case GET_ALL -> asked.getAll(List.of("a", "b"));
                case GET_OR_LEASE -> asked.getOrLease("a", "token", LeaseTerms.TAGGED);
            };
            reply.join();
        }
    }

    enum Change {
        PUT,
        PUT_ALL,
        REMOVE,
        REMOVE_ALL,
        EXPIRE,
        INVALIDATE_TAG,
        REMOVE_MATCHING,
        CLEAR;

        void by(Backend<String, String> asked) {
            Entry<String> next = new Entry<>("new", Lifetime.endless(0), Set.of());
            Reply<?> reply = switch (this) {
                case PUT -> asked.put("a", next, PutMode.ALWAYS);
                case PUT_ALL -> asked.putAll(Map.of("a", next));
                case REMOVE -> asked.remove("a");
                case REMOVE_ALL -> asked.removeAll(List.of("a", "b"));
                case EXPIRE -> asked.expire("a", new Lifetime(0, 0, 0));
                case INVALIDATE_TAG -> asked.invalidateTag("tag");
                case REMOVE_MATCHING -> asked.removeMatching(KeyPattern.glob("[a]"));
                case CLEAR -> asked.clear();
            };
            reply.join();
        }
    }
}
