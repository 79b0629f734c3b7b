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
        return open("memory:?max-weight=1GiB&copy=codec", spec, context);
    }

    @Override
    protected Backend<String, byte[]> openSmall(CacheSpec<String, byte[]> spec, BackendContext context) {
        return open("memory:?max-weight=512KiB&copy=codec", spec, context);
    }

    private static Backend<String, byte[]> open(String url, CacheSpec<String, byte[]> spec, BackendContext context) {
        return ((Backends.OfBytes) new MemoryProvider().open(CacheUrl.parse(url), context)).open(spec);
    }
}
