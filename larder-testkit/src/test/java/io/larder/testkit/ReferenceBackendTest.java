package io.larder.testkit;

import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.CacheSpec;
import org.junit.jupiter.api.Nested;

class ReferenceBackendTest {

    @Nested
    class ByReference extends BackendContract<Object> {

        ByReference() {
            super(Values.OBJECTS);
        }

        @Override
        protected Backend<String, Object> open(CacheSpec<String, Object> spec, BackendContext context) {
            return new ReferenceBackend<>(context.clock(), spec.keys(), Values.OBJECTS.numbers());
        }
    }

    @Nested
    class OfBytes extends BackendContract<byte[]> {

        OfBytes() {
            super(Values.BYTES);
        }

        @Override
        protected Backend<String, byte[]> open(CacheSpec<String, byte[]> spec, BackendContext context) {
            return ReferenceBackend.ofBytes(context.clock());
        }
    }
}
