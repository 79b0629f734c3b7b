package io.larder.docs;

import io.larder.memory.MemoryProvider;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.testkit.BackendContract;
import io.larder.testkit.Values;
import io.larder.url.CacheUrl;

/** The contract as docs/guide/testing-your-backend.md shows it, word for word. */
class OwnBackendTest extends BackendContract<byte[]> {

    OwnBackendTest() {
        super(Values.BYTES);
    }

    @Override
    protected Backend<String, byte[]> open(CacheSpec<String, byte[]> spec, BackendContext context) {
        CacheUrl url = CacheUrl.parse("memory:?copy=codec");
        Backends.OfBytes backends = (Backends.OfBytes) new MemoryProvider().open(url, context);
        return backends.open(spec);
    }
}
