package io.larder.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Cache;
import io.larder.CacheEvent;
import io.larder.EntryOptions;
import io.larder.Handover;
import io.larder.Larder;
import io.larder.Loader;
import io.larder.codec.StringCodec;
import io.larder.spi.Backend;
import io.larder.testkit.FlakyBackend;
import io.larder.testkit.ReferenceProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Larder makes of several URLs, when what is behind the memory goes away and comes back. */
class MemoryTiersTest {

    @TempDir
    private Path folder;

    private final List<FlakyBackend<String, byte[]>> ways = new ArrayList<>();
    private final ReferenceProvider server = ReferenceProvider.watched(this::way);

    private Backend<String, byte[]> way(Backend<String, byte[]> below) {
        ways.add(new FlakyBackend<>(below));
        return ways.get(ways.size() - 1);
    }

    private Larder open(String url) {
        return Larder.builder(url).provider(server).build();
    }

    private static Cache<String, String> cache(Larder larder) {
        return larder.cache("tiers", String.class, String.class)
                .codec(new StringCodec())
                .build();
    }

    @Test
    void copiesAnswerWhileTheServerIsDown() {
        try (Larder larder = open("memory: | reference:?breaker=1")) {
            Cache<String, String> cache = cache(larder);
            cache.put("a", "1");
            cache.get("a");
            ways.get(0).down();

            assertThat(cache.get("a")).isEqualTo("1");
            assertThat(cache.get("b")).isNull();
            assertThatThrownBy(() -> cache.remove("a")).hasMessageContaining("Flaky backend");
            // It may have been removed.
            assertThat(cache.get("a")).isNull();
        }
    }

    @Test
    void whatASpareHasAnsweredIsNoCopyOfTheServer() {
        try (Larder larder = open("memory: | reference:?breaker=1&fallback=memory:&ledger=" + folder);
                Larder another = open("memory: | reference:")) {
            Cache<String, String> cache = cache(larder);
            Cache<String, String> other = cache(another);
            cache.put("a", "before");
            cache.get("a");
            ways.get(0).down();
            assertThat(cache.get("b")).isNull();

            cache.put("a", "to the spare");
            assertThat(cache.get("a")).isEqualTo("to the spare");
            other.put("a", "to the server");
            assertThat(cache.get("a")).isEqualTo("to the spare");
            ways.get(0).up();
            cache.ping();

            assertThat(cache.get("a")).isNull();
            other.put("a", "after");
            assertThat(cache.get("a")).isEqualTo("after");
        }
    }

    @Test
    void aCacheThatIsSwitchedOffShowsNoCopy() {
        try (Larder larder = open("memory: | reference:")) {
            Cache<String, String> cache = cache(larder);
            cache.put("a", "1");
            cache.get("a");

            cache.disable();

            assertThat(cache.get("a")).isNull();
            cache.put("a", "2");
            cache.enable();
            assertThat(cache.get("a")).isNull();
        }
    }

    @Test
    void aCacheGoesToTiersAndBack() {
        try (Larder larder = open("memory:")) {
            Cache<String, String> cache = cache(larder);
            cache.put("a", "1", EntryOptions.tagged("x"));

            larder.switchBackend("tiers", "memory:?near-ttl=1m | reference:?timeout=1s", Handover.COPY);
            assertThat(cache.get("a")).isEqualTo("1");
            assertThat(cache.stats().backend().details())
                    .containsEntry("coherence", "telling, within 0s, copies at most 1m old");
            larder.switchBackend("tiers", "memory:", Handover.COPY);

            assertThat(cache.invalidateTag("x")).isEqualTo(1);
        }
    }

    @Test
    void aWeigherWeighsCopiesByTheirValue() {
        try (Larder larder = open("memory:?max-weight=1KiB | reference:")) {
            Cache<String, String> cache = larder.cache("tiers", String.class, String.class)
                    .codec(new StringCodec())
                    .weigher((key, value) -> value == null ? 0 : value.length())
                    .build();
            cache.put("a", "x".repeat(1_025));
            cache.put("b", "x");
            cache.put("nothing", null);

            assertThat(cache.getAll(List.of("a", "b", "nothing"))).hasSize(3);
            assertThat(cache.stats().backend().details()).containsEntry("tier 1 entries", "2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory:", "memory:?near-ttl=1m", "memory:?copy=codec"})
    void aCopyTellsWhatTheEntryIs(String near) {
        try (Larder larder = open(near + " | reference:?refresh-ahead=0.5")) {
            Cache<String, String> cache = cache(larder);
            AtomicInteger loads = new AtomicInteger();
            Loader<String, String> loader = key -> "loaded " + loads.incrementAndGet();
            EntryOptions options = EntryOptions.ttl(Duration.ofHours(1))
                    .staleFor(Duration.ofHours(1))
                    .tags("x");

            for (int i = 0; i < 3; i++) {
                assertThat(cache.get("a", loader, options)).isEqualTo("loaded 1");
                assertThat(cache.find("a")).isNotNull().satisfies(entry -> {
                    assertThat(entry.remaining()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
                    assertThat(entry.tags()).containsExactly("x");
                });
            }
            assertThat(cache.expire("a", Duration.ofHours(3))).isTrue();
            for (int i = 0; i < 2; i++) {
                assertThat(cache.find("a"))
                        .isNotNull()
                        .satisfies(entry ->
                                assertThat(entry.remaining()).isBetween(Duration.ofMinutes(179), Duration.ofHours(3)));
            }

            assertThat(cache.stats().backend().details()).containsEntry("tier 1 entries", "1");
            assertThat(cache.invalidateTag("x")).isEqualTo(1);
            assertThat(cache.get("a")).isNull();
            assertThat(loads).hasValue(1);
        }
    }

    @Test
    void bytesInANearTierKeepTheEntryAsItIs() {
        try (Larder larder = open("memory:?copy=codec | reference:")) {
            List<CacheEvent> events = new CopyOnWriteArrayList<>();
            Cache<String, String> cache = larder.cache("tiers", String.class, String.class)
                    .codec(new StringCodec())
                    .listener(events::add)
                    .build();
            cache.put("a", "1", EntryOptions.ttl(Duration.ofHours(1)).tags("x", "y"));
            cache.put("nothing", null);
            for (int i = 0; i < 2; i++) {
                assertThat(cache.find("a")).isNotNull().satisfies(entry -> {
                    assertThat(entry.value()).isEqualTo("1");
                    assertThat(entry.tags()).containsExactlyInAnyOrder("x", "y");
                    assertThat(entry.remaining()).isGreaterThan(Duration.ofMinutes(59));
                });
                assertThat(cache.find("nothing")).isNotNull().matches(entry -> entry.isNothing(), "is nothing");
            }

            assertThat(cache.stats().backend().details()).containsEntry("tier 1 entries", "2");
            assertThat(events).isEmpty();
        }
    }
}
