package io.larder.jcache;

import org.jspecify.annotations.Nullable;

/** Closes what the application gave, where it can be closed. */
final class Closing {

    private Closing() {}

    /** Closes {@code part} if it is {@link AutoCloseable}; what it throws is its own affair, for the cache goes on closing. */
    static void close(@Nullable Object part) {
        if (part instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                System.getLogger("io.larder.jcache")
                        .log(
                                System.Logger.Level.WARNING,
                                "Cannot close " + part.getClass().getName(),
                                e);
            }
        }
    }
}
