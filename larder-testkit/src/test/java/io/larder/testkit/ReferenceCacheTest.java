package io.larder.testkit;

import io.larder.CacheListener;
import io.larder.Larder;
import org.junit.jupiter.api.Nested;

class ReferenceCacheTest {

    @Nested
    class ByReference extends CacheContract {

        @Override
        protected Larder open(FakeClock clock, CacheListener listener) {
            return ReferenceCacheTest.open(ReferenceProvider.byReference(), clock, listener);
        }
    }

    @Nested
    class OfBytes extends CacheContract {

        @Override
        protected Larder open(FakeClock clock, CacheListener listener) {
            return ReferenceCacheTest.open(ReferenceProvider.ofBytes(), clock, listener);
        }
    }

    @Nested
    class Remote extends CacheContract {

        @Override
        protected Larder open(FakeClock clock, CacheListener listener) {
            return ReferenceCacheTest.open(ReferenceProvider.ofBytes(StalledBackend::new), clock, listener);
        }
    }

    private static Larder open(ReferenceProvider provider, FakeClock clock, CacheListener listener) {
        return Larder.builder("reference:")
                .provider(provider)
                .clock(clock)
                .listener(listener)
                .build();
    }
}
