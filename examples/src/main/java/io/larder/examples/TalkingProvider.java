package io.larder.examples;

import io.larder.layer.ForwardingBackend;
import io.larder.memory.MemoryProvider;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.spi.Reply;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import java.util.Set;

/**
 * Opens {@code talking:}, which keeps bytes in memory and says what is removed.
 *
 * <p>Named in META-INF/services/io.larder.spi.BackendProvider it would be found by its scheme.
 */
final class TalkingProvider implements BackendProvider {

    @Override
    public Set<String> schemes() {
        return Set.of("talking");
    }

    @Override
    public ParameterSet parameters() {
        return ParameterSet.NONE;
    }

    @Override
    public Backends open(CacheUrl url, BackendContext context) {
        CacheUrl memory = CacheUrl.parse("memory:?copy=codec");
        return new TalkingBackends((Backends.OfBytes) new MemoryProvider().open(memory, context));
    }

    private record TalkingBackends(Backends.OfBytes below) implements Backends.OfBytes {

        @Override
        public Backend<String, byte[]> open(CacheSpec<String, byte[]> spec) {
            return new ForwardingBackend<>(below.open(spec)) {
                @Override
                public Reply<Boolean> remove(String key) {
                    System.out.println("removing " + key);
                    return super.remove(key);
                }
            };
        }

        @Override
        public void close() {
            below.close();
        }
    }
}
