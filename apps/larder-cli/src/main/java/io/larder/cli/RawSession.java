package io.larder.cli;

import io.larder.CacheBuilder;
import io.larder.Larder;
import io.larder.spi.Backend;
import io.larder.spi.Capability;
import io.larder.url.CodecChain;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A cache as the bytes that its backend keeps, for a command that does not look into values.
 *
 * @param codec the name of what wrote the values
 */
record RawSession(Larder larder, Backend<String, byte[]> entries, String codec) implements AutoCloseable {

    static final String CODEC_STANDARD = "json";
    private static final Set<Capability> NEEDED = Set.of(Capability.STORAGE, Capability.TAGS, Capability.LISTING);

    /** Opens it; refuses a backend that cannot be copied to or from. */
    static RawSession open(Whereabouts where, @Nullable String namespace) {
        Larder larder = where.builder().build();
        try {
            CacheBuilder<String, byte[]> builder = larder.cache(where.cache(), String.class, byte[].class);
            if (namespace != null) {
                builder.namespace(namespace);
            }
            if (where.set().apply("timeout") == null) {
                builder.timeout(Session.TIMEOUT);
            }
            Backend<String, byte[]> entries = builder.bytes();
            if (!entries.capabilities().containsAll(NEEDED)) {
                throw new IllegalArgumentException("Cannot copy from or to '" + where.address() + "': it takes "
                        + new TreeSet<>(NEEDED) + ", and the backend has " + new TreeSet<>(entries.capabilities())
                        + ". Name another backend");
            }
            String codec = where.set().apply("codec");
            return new RawSession(
                    larder,
                    entries,
                    codec == null ? CODEC_STANDARD : CodecChain.parse(codec).name());
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
