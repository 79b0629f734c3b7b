package io.larder.memory;

import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.testkit.BackendContract;
import io.larder.testkit.Values;
import io.larder.url.CacheUrl;

class MemoryBackendTest extends BackendContract<Object> {

    MemoryBackendTest() {
        super(Values.OBJECTS);
    }

    @Override
    protected Backend<String, Object> open(CacheSpec<String, Object> spec, BackendContext context) {
        return open("memory:?max=1M", spec, context);
    }

    @Override
    protected Backend<String, Object> openSmall(CacheSpec<String, Object> spec, BackendContext context) {
        return open("memory:?max=50", spec, context);
    }

    private static Backend<String, Object> open(String url, CacheSpec<String, Object> spec, BackendContext context) {
        return ((Backends.ByReference) new MemoryProvider().open(CacheUrl.parse(url), context)).open(spec);
    }
}
