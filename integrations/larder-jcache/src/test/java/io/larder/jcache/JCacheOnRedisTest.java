package io.larder.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.TypeRef;
import io.larder.spi.KeyCodec;
import io.larder.testkit.servers.RedisServer;
import java.net.URI;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JCacheOnRedisTest {

    private static RedisServer server;

    private final LarderCachingProvider here = new LarderCachingProvider();
    private final LarderCachingProvider elsewhere = new LarderCachingProvider();

    private record Seat(int row, int place) {}

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void empty() {
        server.command("FLUSHALL");
    }

    @AfterEach
    void close() {
        here.close();
        elsewhere.close();
    }

    @Test
    void programsShareEntries() {
        Cache<String, Integer> cache =
                cache(here, new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));
        Cache<String, Integer> other =
                cache(elsewhere, new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));

        assertThat(cache.putIfAbsent("a", 1)).isTrue();
        assertThat(other.putIfAbsent("a", 2)).isFalse();
        assertThat(other.getAndRemove("a")).isEqualTo(1);
        assertThat(cache.containsKey("a")).isFalse();
    }

    @Test
    void closedCacheLeavesItsEntriesAndADestroyedOneDoesNot() {
        cache(here, new MutableConfiguration<>()).put("a", "x");
        here.getCacheManager(uri(), null).getCache("a").close();
        assertThat(cache(here, new MutableConfiguration<>()).get("a")).isEqualTo("x");

        here.getCacheManager(uri(), null).destroyCache("a");

        assertThat(cache(here, new MutableConfiguration<>()).get("a")).isNull();
    }

    @Test
    void keysWithoutATypeKeepTheirs() {
        Cache<Object, Object> cache = cache(here, new MutableConfiguration<>());
        UUID id = UUID.fromString("00000000-0000-0001-0000-000000000002");
        List<Object> keys = List.of("1", 1, 1L, (short) 1, (byte) 1, id);

        keys.forEach(key -> cache.put(key, "of " + key.getClass().getSimpleName()));

        assertThat(cache).extracting(Cache.Entry::getKey).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(cache.get(1L)).isEqualTo("of Long");
    }

    @Test
    void tiersComeFromTheProperty() {
        Properties tiers = new Properties();
        tiers.setProperty("larder.url", "memory:?max=10 | " + uri());
        Cache<Object, Object> near = here.getCacheManager(URI.create("larder:tiers"), null, tiers)
                .createCache("a", new MutableConfiguration<>());
        near.put(1, "x");

        assertThat(near.get(1)).isEqualTo("x");
        assertThat(near.unwrap(io.larder.Cache.class).stats().backend().details())
                .containsEntry("tier 1", "memory:?max=10");
        assertThat(cache(elsewhere, new MutableConfiguration<>()).get(1)).isEqualTo("x");
    }

    @Test
    void keysAndValuesOfOwnTypesTakeACodecAndATypeReference() {
        Cache<Seat, List<Integer>> cache = cache(
                here,
                new LarderConfiguration<Seat, List<Integer>>(Seat.class, listOfIntegers())
                        .setKeyCodec(new SeatKeys())
                        .setValueRef(new TypeRef<List<Integer>>() {}));

        cache.put(new Seat(3, 14), List.of(1, 5));

        assertThat(cache.get(new Seat(3, 14))).isEqualTo(List.of(1, 5));
        assertThat(cache).extracting(Cache.Entry::getKey).containsExactly(new Seat(3, 14));
    }

    @SuppressWarnings("unchecked")
    private static Class<List<Integer>> listOfIntegers() {
        return (Class<List<Integer>>) (Class<?>) List.class;
    }

    private static <K, V> Cache<K, V> cache(LarderCachingProvider provider, MutableConfiguration<K, V> configuration) {
        return provider.getCacheManager(uri(), null).createCache("a", configuration);
    }

    private static URI uri() {
        return URI.create("redis://" + server.address() + "?timeout=20s");
    }

    private static final class SeatKeys implements KeyCodec<Seat> {

        @Override
        public String encode(Seat seat) {
            return seat.row() + "/" + seat.place();
        }

        @Override
        public Seat decode(String text) {
            String[] parts = text.split("/", 2);
            return new Seat(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }
    }
}
