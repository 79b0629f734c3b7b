package io.larder.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.CacheBuilder;
import io.larder.Larder;
import io.larder.Stampede;
import io.larder.layer.ForwardingBackend;
import io.larder.none.NoneProvider;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.Lookup;
import io.larder.spi.Reply;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waits for leases of other processes, which a script shows in place of {@code none:}. */
@Timeout(60)
class ForeignFlightsTest {

    private static final Entry<Object> STORED = new Entry<>("stored", Lifetime.endless(0), Set.of());

    private final Queue<Reply<Lookup<Object>>> shown = new ConcurrentLinkedQueue<>();
    private final AtomicInteger stores = new AtomicInteger();
    private final Larder larder =
            Larder.builder("scripted:").provider(new Scripted()).build();
    private final Cache<String, Object> cache = builder().build();

    private CacheBuilder<String, Object> builder() {
        return larder.cache("users", String.class, Object.class).stampede(Stampede.FLEET);
    }

    private final class Scripted implements BackendProvider, Backends.ByReference {

        private final Backends.ByReference none;

        Scripted() {
            this.none = (Backends.ByReference) new NoneProvider().open(CacheUrl.parse("none:"), null);
        }

        @Override
        public Set<String> schemes() {
            return Set.of("scripted");
        }

        @Override
        public ParameterSet parameters() {
            return ParameterSet.NONE;
        }

        @Override
        public Backends open(CacheUrl url, BackendContext context) {
            return this;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <K, V> Backend<K, V> open(CacheSpec<K, V> spec) {
            return new ForwardingBackend<>(none.open(spec)) {

                @Override
                public Reply<? extends Lookup<V>> getOrLease(K key, String token, LeaseTerms terms) {
                    Reply<Lookup<V>> next = (Reply<Lookup<V>>) (Reply<?>) shown.poll();
                    return next == null ? super.getOrLease(key, token, terms) : next;
                }

                @Override
                public Reply<Boolean> putLeased(K key, Entry<V> entry, Lease<V> lease) {
                    stores.incrementAndGet();
                    return super.putLeased(key, entry, lease);
                }
            };
        }

        @Override
        public void close() {
            none.close();
        }
    }

    @AfterEach
    void close() {
        larder.close();
    }

    private void show(String... tokens) {
        for (String token : tokens) {
            shown.add(Reply.ready(new Lease<>(token, 0)));
        }
    }

    @Test
    void aLeaseThatIsShownAgainAfterAnotherIsWaitedForStill() {
        show("t1", "t2", "t1", "t2", "t1");
        shown.add(Reply.ready(STORED));

        assertThat(cache.get("a", key -> "loaded")).isEqualTo("stored");
        assertThat(shown).isEmpty();
    }

    @Test
    void aLeaseIsAskedForUntilThereIsAnEntry() {
        show("t1", "t1", "t1", "t1");
        shown.add(Reply.ready(STORED));

        assertThat(cache.get("a", key -> "loaded")).isEqualTo("stored");
        assertThat(shown).isEmpty();
        assertThat(cache.stats().misses()).isEqualTo(1);
        assertThat(cache.stats().loads()).isZero();
    }

    @Test
    void aLeaseThatIsOverIsTakenOver() {
        show("t1", "t1");

        assertThat(cache.get("a", key -> "loaded")).isEqualTo("loaded");
        assertThat(shown).isEmpty();
        assertThat(stores).hasValue(1);
    }

    @Test
    void whoHasWaitedForThreeLeasesLoadsAndDoesNotStore() {
        show("t1", "t1", "t2", "t2", "t3", "t3", "t4", "t4");

        assertThat(cache.get("a", key -> "loaded")).isEqualTo("loaded");
        assertThat(shown).isEmpty();
        assertThat(stores).hasValue(0);
    }

    @Test
    void withoutAFleetALeaseThatIsShownTwiceIsNotWaitedFor() {
        Cache<String, Object> alone =
                builder().version(2).stampede(Stampede.PROCESS).build();
        show("t1", "t1");

        assertThat(alone.get("a", key -> "loaded")).isEqualTo("loaded");
        assertThat(stores).hasValue(0);
    }

    @Test
    void aLoaderIsToldThatItAsksForItsOwnKeyAlsoAfterAWait() {
        show("t1", "t1");

        assertThatThrownBy(() -> cache.get("a", key -> cache.get("a", again -> "never")))
                .hasMessageContaining("must not ask for its own key");
    }

    @Test
    void aBackendThatFailsEndsTheWait() {
        show("t1", "t1");
        shown.add(Reply.failed(BackendException.passing("down", null)));

        assertThatThrownBy(() -> cache.get("a", key -> "loaded")).isInstanceOf(BackendException.class);
        assertThat(cache.get("a", key -> "loaded")).isEqualTo("loaded");
    }
}
