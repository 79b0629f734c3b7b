package io.larder.testkit;

import io.larder.spi.BackendProvider;
import org.junit.jupiter.api.Nested;

class ReferenceCacheTest {

    private abstract static class OnReference extends CacheContract {

        @Override
        protected String url() {
            return "reference:";
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
