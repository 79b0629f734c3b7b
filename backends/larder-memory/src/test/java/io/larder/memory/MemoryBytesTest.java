package io.larder.memory;

import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.testkit.BackendContract;
import io.larder.testkit.Values;
import io.larder.url.CacheUrl;

class MemoryBytesTest extends BackendContract<byte[]> {

    MemoryBytesTest() {
        super(Values.BYTES);
    }

    @Override
    protected Backend<String, byte[]> open(CacheSpec<String, byte[]> spec, BackendContext context) {
        CacheUrl url = CacheUrl.parse("memory:?max-weight=1GiB&copy=codec");
        return ((Backends.OfBytes) new MemoryProvider().open(url, context)).open(spec);
    }
}
