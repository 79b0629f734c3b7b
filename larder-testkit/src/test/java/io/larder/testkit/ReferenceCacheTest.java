package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.spi.BackendProvider;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReferenceCacheTest {

    private abstract static class OnReference extends CacheContract {

        @Override
        protected String url() {
            return "reference:";
        }

        /** Three times, for three kinds; memory has the contract's numbers. */
        @Override
        protected int historyCalls() {
            return 100_000;
        }

        @Override
        protected int matrixTries() {
            return 200;
        }
    }

    @Nested
    class ByReference extends OnReference {

        @Override
        protected BackendProvider provider() {
            return ReferenceProvider.byReference();
        }
    }

    @Nested
    class OfBytes extends OnReference {

        @Override
        protected BackendProvider provider() {
            return ReferenceProvider.ofBytes();
        }
    }

    @Test
    void whatExpiresAtOnceIsGoneByEveryClock() {
        ReferenceProvider provider = ReferenceProvider.shared(UnaryOperator.identity());
        FakeClock ahead = new FakeClock();
        ahead.advance(Duration.ofMinutes(15));
        try (Larder one = Larder.builder("reference:")
                        .provider(provider)
                        .clock(new FakeClock())
                        .build();
                Larder other = Larder.builder("reference:")
                        .provider(provider)
                        .clock(ahead)
                        .build()) {
            Cache<String, String> cache = CacheContract.texts(one, "clocks").build();
            cache.put("a", "1");

            CacheContract.texts(other, "clocks").build().expire("a", Duration.ZERO);

            assertThat(cache.get("a")).isNull();
        }
    }

    @Nested
    class Remote extends OnReference {

        private final BackendProvider provider = ReferenceProvider.shared(StalledBackend::new);

        @Override
        protected BackendProvider provider() {
            return provider;
        }

        @Override
        protected boolean isShared() {
            return true;
        }
    }
}
