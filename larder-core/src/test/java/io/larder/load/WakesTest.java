package io.larder.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.layer.ForwardingBackend;
import io.larder.none.NoneProvider;
import io.larder.spi.Backend;
import io.larder.spi.Backends;
import io.larder.spi.CacheScope;
import io.larder.spi.CacheSpec;
import io.larder.spi.ChangeListener;
import io.larder.spi.KeyPattern;
import io.larder.spi.Watch;
import io.larder.url.CacheUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WakesTest {

    private static final long HOUR_MICROS = TimeUnit.HOURS.toMicros(1);

    private final List<ChangeListener<String>> told = new ArrayList<>();
    private final Wakes<String> wakes = new Wakes<>(new Watched());

    private final class Watched extends ForwardingBackend<String, byte[]> {

        Watched() {
            super(nothing());
        }

        private static Backend<String, byte[]> nothing() {
            Backends.ByReference none = (Backends.ByReference) new NoneProvider().open(CacheUrl.parse("none:"), null);
            return none.open(CacheSpec.ofBytes(new CacheScope("", "c", 1), ""));
        }

        @Override
        public @Nullable Watch<String> watch(ChangeListener<String> listener) {
            told.add(listener);
            return null;
        }
    }

    private CompletableFuture<?> pause(String key, long micros) {
        return wakes.pause(key, micros).toFuture(Runnable::run);
    }

    @Test
    void aPauseEndsByItself() {
        assertThat(pause("a", 1)).succeedsWithin(1, TimeUnit.MINUTES);
    }

    @Test
    void aPauseEndsWhenItsKeyHasChanged() {
        CompletableFuture<?> a = pause("a", HOUR_MICROS);
        CompletableFuture<?> b = pause("b", HOUR_MICROS);

        told.get(0).changed("a");

        assertThat(a).isDone();
        assertThat(b).isNotDone();
        assertThat(pause("a", HOUR_MICROS)).isNotDone();
    }

    @Test
    void allPausesEndWhenManyKeysMayHaveChanged() {
        CompletableFuture<?> a = pause("a", HOUR_MICROS);

        told.get(0).changed(KeyPattern.ALL);

        assertThat(a).isDone();
    }

    @Test
    void theBackendIsWatchedOnce() {
        assertThat(told).isEmpty();
        var a = pause("a", HOUR_MICROS);
        var b = pause("b", HOUR_MICROS);

        assertThat(List.of(a, b)).noneMatch(CompletableFuture::isDone);
        assertThat(told).hasSize(1);
    }
}
