package io.larder.cli;

import io.larder.Cache;
import io.larder.CacheBuilder;
import io.larder.CacheListener;
import io.larder.Larder;
import io.larder.OnError;
import io.larder.url.TieredUrl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The cache of one command, or of all lines of a shell: the one named {@value #CACHE}, whose values are JSON.
 *
 * @param address the URL without secrets
 */
record Session(Larder larder, Cache<String, Object> cache, String address) implements AutoCloseable {

    /** The name that a program gives a cache which the command line is to see. */
    static final String CACHE = "default";

    /** A command starts cold: before the first answer it loads a client and connects. */
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Opens it; {@code listener} is told what counts as a miss although it is none. */
    static Session open(String text, @Nullable String namespace, CacheListener listener) {
        TieredUrl url = TieredUrl.parse(text);
        Larder larder = Larder.builder(text).codec(new JsonProvider()).build();
        try {
            CacheBuilder<String, Object> builder =
                    larder.cache(CACHE, String.class, Object.class).listener(listener);
            if (namespace != null) {
                builder.namespace(namespace);
            }
            if (url.last().parameters().text("on-error") == null) {
                // A person asks whether there is an entry; "no" because the server is down would be a lie.
                builder.onError(OnError.THROW);
            }
            if (url.last().parameters().text("timeout") == null) {
                builder.timeout(TIMEOUT);
            }
            return new Session(larder, builder.build(), url.toString());
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
