package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Cache;
import io.larder.ConfigException;
import io.larder.EntryOptions;
import io.larder.none.NoneProvider;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.spi.Capability;
import io.larder.url.CacheUrl;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The {@code none:} backend keeps no entry, but every promise about loads. */
class NoneTest {

    @Nested
    class ItsBackend extends BackendContract<Object> {

        ItsBackend() {
            super(Values.OBJECTS);
        }

        @Override
        protected Backend<String, Object> open(CacheSpec<String, Object> spec, BackendContext context) {
            return ((Backends.ByReference) new NoneProvider().open(CacheUrl.parse("none:"), context)).open(spec);
        }
    }

    @Nested
    class ItsCache extends CacheContract {

        @Override
        protected String url() {
            return "none:";
        }

        @Override
        protected Set<Capability> capabilities() {
            return EnumSet.of(Capability.LOCAL, Capability.TAGS, Capability.LISTING);
        }

        @Test
        void keepsNothing() {
            Cache<String, String> cache = cache("users");

            cache.put("a", "1", EntryOptions.tagged("x"));
            cache.putAll(Map.of("b", "2"));

            assertThat(cache.get("a")).isNull();
            assertThat(cache.find("a")).isNull();
            assertThat(cache.getAll(List.of("a", "b"))).isEmpty();
            assertThat(cache.putIfAbsent("a", "1")).isTrue();
            assertThat(cache.replace("a", "1")).isFalse();
            assertThat(cache.remove("a")).isFalse();
            assertThat(cache.keys("*")).isEmpty();
            assertThat(cache.invalidateTag("x")).isZero();
            assertThat(cache.get("a", key -> "loaded 1")).isEqualTo("loaded 1");
            assertThat(cache.get("a", key -> "loaded 2")).isEqualTo("loaded 2");
        }

        @Test
        void doesNotCountWrongly() {
            Cache<String, Long> numbers =
                    larder().cache("numbers", String.class, Long.class).build();

            assertThatThrownBy(numbers::counters)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("cannot keep counters");
        }
    }
}
