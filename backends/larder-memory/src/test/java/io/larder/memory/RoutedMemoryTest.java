package io.larder.memory;

import io.larder.layer.RoutingBackend;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.testkit.BackendContract;
import io.larder.testkit.Values;
import io.larder.url.CacheUrl;
import java.util.Map;

/** Every promise, kept by two memory backends together. */
class RoutedMemoryTest extends BackendContract<Object> {

    RoutedMemoryTest() {
        super(Values.OBJECTS);
    }

    @Override
    protected Backend<String, Object> open(CacheSpec<String, Object> spec, BackendContext context) {
        Backend<String, Object> rest = opened(spec, context);
        Backend<String, Object> routed = opened(spec, context);
        return new RoutingBackend<>(
                spec.keys(), rest, Map.of("a", routed, "a*", rest, "tag:", routed, "user:2", routed, "key-1", routed));
    }

    private static Backend<String, Object> opened(CacheSpec<String, Object> spec, BackendContext context) {
        CacheUrl url = CacheUrl.parse("memory:?max=1M");
        return ((Backends.ByReference) new MemoryProvider().open(url, context)).open(spec);
    }
}
