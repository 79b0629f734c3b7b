package io.larder.cli;

import io.larder.Cache;
import io.larder.CacheBuilder;
import io.larder.CacheListener;
import io.larder.Larder;
import io.larder.OnError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The cache of one command, or of all lines of a shell, whose values are JSON.
 *
 * @param address where it is, without secrets
 */
record Session(Larder larder, Cache<String, Object> cache, String address) implements AutoCloseable {

    /** The cache that the command line sees, unless it is told another. */
    static final String CACHE = "default";

    /** A command starts cold: before the first answer it loads a client and connects. */
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Opens it; {@code listener} is told what counts as a miss although it is none. */
    static Session open(Whereabouts where, @Nullable String namespace, CacheListener listener) {
        Larder larder = where.builder().codec(new JsonProvider()).build();
        try {
            CacheBuilder<String, Object> builder =
                    larder.cache(where.cache(), String.class, Object.class).listener(listener);
            if (namespace != null) {
                builder.namespace(namespace);
            }
            if (where.set().apply("on-error") == null) {
                // A person asks whether there is an entry; "no" because the server is down would be a lie.
                builder.onError(OnError.THROW);
            }
            if (where.set().apply("timeout") == null) {
                builder.timeout(TIMEOUT);
            }
            return new Session(larder, builder.build(), where.address());
        } catch (RuntimeException e) {
            larder.close();
            throw e;
        }
    }

    @Override
    public void close() {
        larder.close();
    }
}
