package io.larder.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.CacheEvent;
import io.larder.Larder;
import io.larder.none.NoneProvider;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.spi.Capability;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lookup;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What callers see of a backend that is down. */
@Timeout(60)
class FailingReadsTest {

    private static final Logger LOGGER = Logger.getLogger("io.larder");

    private final List<CacheEvent> events = new ArrayList<>();
    private final BackendException down = BackendException.passing("down", null);

    @BeforeEach
    void silence() {
        LOGGER.setLevel(Level.OFF);
    }

    @AfterEach
    void speak() {
        LOGGER.setLevel(null);
    }

    /** A server that answers nothing, neither at once nor later. */
    private final class DownBackend<K, V> extends ForwardingBackend<K, V> {

        DownBackend(Backend<K, V> below) {
            super(below);
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of(Capability.STORAGE, Capability.TAGS);
        }

        @Override
        public Reply<@Nullable Entry<V>> get(K key) {
            return Reply.failed(down);
        }

        @Override
        public Reply<Map<K, Entry<V>>> getAll(Collection<K> keys) {
            return Reply.pending(CompletableFuture.failedFuture(down));
        }

        @Override
        public Reply<? extends Lookup<V>> getOrLease(K key, String token, LeaseTerms terms) {
            return Reply.failed(down);
        }

        @Override
        public Reply<Boolean> putLeased(K key, Entry<V> entry, Lease<V> lease) {
            throw new AssertionError("nothing was leased");
        }

        @Override
        public Reply<Boolean> put(K key, Entry<V> entry, PutMode mode) {
            return Reply.failed(down);
        }
    }

    private final class DownProvider implements BackendProvider {

        @Override
        public Set<String> schemes() {
            return Set.of("none");
        }

        @Override
        public ParameterSet parameters() {
            return ParameterSet.NONE;
        }

        @Override
        public Backends open(CacheUrl url, BackendContext context) {
            Backends.ByReference none = (Backends.ByReference) new NoneProvider().open(url, context);
            return new Backends.ByReference() {
                @Override
                public <K, V> Backend<K, V> open(CacheSpec<K, V> spec) {
                    return new DownBackend<>(none.open(spec));
                }

                @Override
                public void close() {
                    none.close();
                }
            };
        }
    }

    private Larder larder(String url) {
        return Larder.builder(url)
                .provider(new DownProvider())
                .listener(events::add)
                .build();
    }

    private static Cache<String, String> users(Larder larder) {
        return larder.cache("users", String.class, String.class).build();
    }

    @Nested
    class AnsweredAsMisses {

        @Test
        void readsFindNothingAndTellTheListener() {
            try (Larder larder = larder("none:")) {
                Cache<String, String> users = users(larder);

                assertThat(users.get("a")).isNull();
                assertThat(users.find("a")).isNull();
                assertThat(users.getAll(List.of("a", "b"))).isEmpty();
                assertThat(users.async().get("a").join()).isNull();

                assertThat(events)
                        .hasSize(4)
                        .allSatisfy(event -> assertThat(event)
                                .isInstanceOfSatisfying(
                                        CacheEvent.ReadFailed.class,
                                        failed -> assertThat(failed.cause()).hasMessage("down")));
                assertThat(users.stats().misses()).isEqualTo(5);
            }
        }

        @Test
        void loadsAnswerAndAreSharedWhileTheyRun() {
            try (Larder larder = larder("none:")) {
                Cache<String, String> users = users(larder);
                CompletableFuture<String> stage = new CompletableFuture<>();

                CompletableFuture<String> first = users.async().get("a", key -> stage);
                CompletableFuture<String> second = users.async().get("a", key -> stage);
                stage.complete("value");

                assertThat(first.join()).isEqualTo("value");
                assertThat(second.join()).isEqualTo("value");
                assertThat(users.get("a", key -> "again")).isEqualTo("again");
                assertThat(users.getAll(List.of("a", "b"), keys -> Map.of("a", "1", "b", "2")))
                        .containsOnly(Map.entry("a", "1"), Map.entry("b", "2"));
            }
        }

        @Test
        void writesStillFail() {
            try (Larder larder = larder("none:")) {
                Cache<String, String> users = users(larder);

                assertThatThrownBy(() -> users.put("a", "value"))
                        .isInstanceOf(BackendException.class)
                        .hasMessage("down");
            }
        }
    }

    @Nested
    class Thrown {

        @Test
        void reachTheCallerOfEitherView() {
            try (Larder larder = larder("none:?on-error=throw")) {
                Cache<String, String> users = users(larder);

                assertThatThrownBy(() -> users.get("a")).isSameAs(down);
                assertThatThrownBy(() -> users.getAll(List.of("a"))).isSameAs(down);
                assertThatThrownBy(() -> users.get("a", key -> "value")).isSameAs(down);

                for (CompletableFuture<?> answer : List.of(
                        users.async().get("a"),
                        users.async().getAll(List.of("a")),
                        users.async().get("a", key -> CompletableFuture.completedFuture("value")))) {
                    assertThatThrownBy(answer::join)
                            .isInstanceOf(CompletionException.class)
                            .hasCause(down);
                }
                assertThat(events).isEmpty();
            }
        }
    }
}
