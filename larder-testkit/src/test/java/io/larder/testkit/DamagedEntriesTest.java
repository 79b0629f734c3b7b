package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.CacheEvent;
import io.larder.CodecException;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.layer.ForwardingBackend;
import io.larder.spi.Backend;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.KeyedEntry;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lookup;
import io.larder.spi.Pages;
import io.larder.spi.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a backend cannot read back is as good as absent, and told. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class DamagedEntriesTest {

    @Parameter
    View view = View.SYNC;

    private final CodecException why = new CodecException("The frame is damaged", null);
    private final List<CacheEvent> events = new CopyOnWriteArrayList<>();
    private final Larder larder = Larder.builder("reference:?codec=string")
            .provider(ReferenceProvider.ofBytes(Damaging::new))
            .clock(new FakeClock())
            .listener(events::add)
            .build();
    private Cache<String, String> cache;

    @BeforeEach
    void open() {
        cache = view.cache(larder.cache("users", String.class, String.class).build());
        cache.put("bad", "damaged", EntryOptions.tagged("x"));
        cache.put("good", "1", EntryOptions.tagged("x"));
    }

    @AfterEach
    void close() {
        larder.close();
    }

    /** Cannot read back what says that it is damaged. */
    private final class Damaging extends ForwardingBackend<String, byte[]> {

        Damaging(Backend<String, byte[]> below) {
            super(below);
        }

        private Entry<byte[]> read(Entry<byte[]> entry) {
            byte[] value = entry.value();
            boolean damaged = value != null && new String(value, StandardCharsets.UTF_8).equals("damaged");
            return damaged ? new DamagedEntry(why) : entry;
        }

        @Override
        public Reply<@Nullable Entry<byte[]>> get(String key) {
            return below.get(key).map(entry -> entry == null ? null : read(entry));
        }

        @Override
        public Reply<Map<String, Entry<byte[]>>> getAll(Collection<String> keys) {
            return below.getAll(keys).map(found -> {
                Map<String, Entry<byte[]>> read = new LinkedHashMap<>();
                found.forEach((key, entry) -> read.put(key, read(entry)));
                return read;
            });
        }

        @Override
        public Reply<? extends Lookup<byte[]>> getOrLease(String key, String token, LeaseTerms terms) {
            return below.getOrLease(key, token, terms)
                    .map(found -> found instanceof Entry<byte[]> entry ? read(entry) : found);
        }

        @Override
        public Pages<KeyedEntry<String, byte[]>> entriesByTag(String tag) {
            return read(below.entriesByTag(tag));
        }

        @Override
        public Pages<KeyedEntry<String, byte[]>> entries(KeyPattern pattern) {
            return read(below.entries(pattern));
        }

        private Pages<KeyedEntry<String, byte[]>> read(Pages<KeyedEntry<String, byte[]>> pages) {
            return pages.mapNotNull(keyed -> new KeyedEntry<>(keyed.key(), read(keyed.entry())));
        }
    }

    private void assertToldOnce(String about) {
        assertThat(events)
                .as("events after %s", about)
                .containsExactly(new CacheEvent.Undecodable("users", "bad", why));
        events.clear();
    }

    @Test
    void areMissesWithAnEvent() {
        assertThat(cache.get("bad")).isNull();
        assertToldOnce("get");
        assertThat(cache.find("bad")).isNull();
        assertToldOnce("find");
        assertThat(cache.contains("bad")).isFalse();
        assertToldOnce("contains");
        assertThat(cache.getAll(List.of("bad", "good"))).isEqualTo(Map.of("good", "1"));
        assertToldOnce("getAll");

        assertThat(cache.stats().misses()).isPositive();
        assertThat(cache.stats().errors()).isEqualTo(4);
    }

    @Test
    void areLeftOutOfListings() {
        assertThat(cache.entries("*")).extracting("key").containsExactly("good");
        assertToldOnce("entries");
        assertThat(cache.entriesByTag("x")).extracting("key").containsExactly("good");
        assertToldOnce("entriesByTag");
        assertThat(cache.keys("*")).containsExactlyInAnyOrder("bad", "good");
        assertThat(events).isEmpty();
    }

    @Test
    void makeWayForALoadWhichIsStored() {
        AtomicInteger loads = new AtomicInteger();

        assertThat(cache.get("bad", key -> "loaded " + loads.incrementAndGet())).isEqualTo("loaded 1");
        assertThat(cache.get("bad", key -> "loaded " + loads.incrementAndGet())).isEqualTo("loaded 1");

        assertThat(cache.get("bad")).isEqualTo("loaded 1");
        // A backend in the process is looked at before it is asked for a lease.
        assertThat(events).isNotEmpty().containsOnly(new CacheEvent.Undecodable("users", "bad", why));
    }

    @Test
    void makeWayForABulkLoad() {
        Map<String, String> loaded = cache.getAll(List.of("bad", "good"), keys -> Map.of("bad", "loaded " + keys));

        assertThat(loaded).isEqualTo(Map.of("bad", "loaded [bad]", "good", "1"));
        assertThat(cache.get("bad")).isEqualTo("loaded [bad]");
    }

    @Test
    void areRemovedAndReplacedLikeOthers() {
        assertThat(cache.remove("bad")).isTrue();
        cache.put("bad", "damaged", EntryOptions.tagged("x"));
        assertThat(cache.invalidateTag("x")).isEqualTo(2);
        cache.put("bad", "damaged");
        cache.put("bad", "2");

        assertThat(cache.get("bad")).isEqualTo("2");
        assertThat(events).isEmpty();
    }
}
