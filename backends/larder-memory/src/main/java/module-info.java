/** Keeps entries in this process, on Caffeine. */
module io.larder.memory {
    requires com.github.benmanes.caffeine;
    requires transitive io.larder;
    requires static org.jspecify;

    exports io.larder.memory;

    provides io.larder.spi.BackendProvider with
            io.larder.memory.MemoryProvider;
}
