package io.larder.testkit;

import io.larder.none.NoneProvider;
import io.larder.spi.BackendProvider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

class ProvidersTest {

    @Nested
    class Reference extends ProviderContract {

        @Override
        protected BackendProvider provider() {
            return ReferenceProvider.ofBytes();
        }

        @Override
        protected String url() {
            return "reference:";
        }

        @Override
        protected Map<String, List<String>> accepted() {
            return Map.of();
        }

        @Override
        protected Map<String, List<String>> refused() {
            return Map.of();
        }

        @Override
        protected boolean isRegistered() {
            return false;
        }
    }

    @Nested
    class None extends ProviderContract {

        @Override
        protected BackendProvider provider() {
            return new NoneProvider();
        }

        @Override
        protected String url() {
            return "none:";
        }

        @Override
        protected Map<String, List<String>> accepted() {
            return Map.of();
        }

        @Override
        protected Map<String, List<String>> refused() {
            return Map.of();
        }
    }
}
