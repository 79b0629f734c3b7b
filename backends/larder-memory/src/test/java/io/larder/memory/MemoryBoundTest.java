package io.larder.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Cache;
import io.larder.ConfigException;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.codec.BytesCodec;
import io.larder.spi.BackendInfo;
import org.junit.jupiter.api.Test;

class MemoryBoundTest {

    @Test
    void holdsNoMoreEntriesThanAllowed() {
        try (Larder larder = Larder.open("memory:?max=100")) {
            Cache<Integer, String> cache =
                    larder.cache("bounded", Integer.class, String.class).build();

            for (int key = 0; key < 10_000; key++) {
                cache.put(key, "value", EntryOptions.tagged("all", "tag:" + key));
            }

            BackendInfo info = cache.stats().backend();
            assertThat(info.entries()).isEqualTo(100);
            assertThat(info.evictions()).isEqualTo(9_900);
            assertThat(cache.entriesByTag("all")).hasSize(100);
            assertThat(cache.invalidateTag("all")).isEqualTo(100);
        }
    }

    @Test
    void holdsNoMoreBytesThanAllowed() {
        try (Larder larder = Larder.open("memory:?max-weight=1MiB&copy=codec")) {
            Cache<Integer, byte[]> cache =
                    larder.cache("bounded", Integer.class, byte[].class).build();

            for (int key = 0; key < 1_000; key++) {
                cache.put(key, new byte[10 * 1024]);
            }

            BackendInfo info = cache.stats().backend();
            assertThat(info.weightBytes()).isBetween(900L << 10, 1L << 20);
            assertThat(info.entries()).isEqualTo((1 << 20) / info.weightBytes() * info.entries());
            assertThat(info.entries()).isBetween(95L, 102L);
        }
    }

    @Test
    void weighsObjectsAsTheCallerSays() {
        try (Larder larder = Larder.open("memory:?max-weight=1kB")) {
            Cache<Integer, String> cache = larder.cache("weighed", Integer.class, String.class)
                    .weigher((key, value) -> 100)
                    .build();

            for (int key = 0; key < 50; key++) {
                cache.put(key, "value");
            }

            assertThat(cache.stats().backend().entries()).isEqualTo(10);
        }
    }

    @Test
    void refusesToGuessTheBytesOfObjects() {
        try (Larder larder = Larder.open("memory:?max-weight=1MiB")) {
            assertThatThrownBy(() ->
                            larder.cache("objects", String.class, String.class).build())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("Cache 'objects' on 'memory:?max-weight=1MiB'")
                    .hasMessageContaining("'weigher(…)'")
                    .hasMessageContaining("'copy=codec'");
        }
    }

    @Test
    void refusesTwoBoundsAndNone() {
        assertThatThrownBy(() -> Larder.open("memory:?max=5&max-weight=1MiB")).hasMessageContaining("two bounds");
        assertThatThrownBy(() -> Larder.open("memory:?max=0")).hasMessageContaining("open 'none:'");
        assertThatThrownBy(() -> Larder.open("memory://host")).hasMessageContaining("memory has none");
    }

    @Test
    void takesItsSettingsFromABuilderToo() {
        MemoryProvider provider = new MemoryProvider(MemoryConfig.STANDARD.withMax(3));

        try (Larder larder = Larder.builder("memory:").provider(provider).build()) {
            Cache<Integer, String> cache =
                    larder.cache("few", Integer.class, String.class).build();
            for (int key = 0; key < 50; key++) {
                cache.put(key, "value");
            }

            assertThat(cache.stats().backend().entries()).isEqualTo(3);
        }
    }

    @Test
    void sharesObjectsUnlessToldToCopyThem() {
        byte[] value = {1, 2, 3};

        try (Larder shared = Larder.open("memory:");
                Larder copied = Larder.open("memory:?copy=codec")) {
            Cache<String, byte[]> references =
                    shared.cache("bytes", String.class, byte[].class).build();
            Cache<String, byte[]> copies = copied.cache("bytes", String.class, byte[].class)
                    .codec(new BytesCodec())
                    .build();
            references.put("key", value);
            copies.put("key", value);

            assertThat(references.get("key")).isSameAs(value);
            assertThat(copies.get("key")).isEqualTo(value).isNotSameAs(value);
        }
    }

    @Test
    void keepsWhatIsOnlyWrittenToWhileItIsInUse() {
        try (Larder larder = Larder.open("memory:?max=1k")) {
            Cache<String, Long> cache =
                    larder.cache("counted", String.class, Long.class).build();

            for (long i = 0; i < 20_000; i++) {
                cache.counters().increment("visits");
                cache.put("page " + i, i);
            }

            assertThat(cache.get("visits")).isEqualTo(20_000);
        }
    }
}
