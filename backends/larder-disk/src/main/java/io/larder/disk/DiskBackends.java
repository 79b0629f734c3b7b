package io.larder.disk;

import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import java.util.concurrent.atomic.AtomicBoolean;

/** The caches of one URL in one folder. Thread-safe. */
final class DiskBackends implements Backends.OfBytes {

    private final String address;
    private final Database database;
    private final DiskConfig config;
    private final BackendContext context;
    private final Housekeeper housekeeper;
    private final Copies copies;
    private final AtomicBoolean closed = new AtomicBoolean();

    DiskBackends(String address, Database database, DiskConfig config, BackendContext context) {
        this.address = address;
        this.database = database;
        this.config = config;
        this.context = context;
        this.copies = new Copies(config.memoryBytes());
        this.housekeeper = new Housekeeper(database, context, config);
    }

    @Override
    public Backend<String, byte[]> open(CacheSpec<String, byte[]> spec) {
        Entries entries = new Entries(spec.scope(), spec.codec(), config, database, copies, context.clock());
        return new DiskBackend(address, database, entries, context.clock(), config);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            housekeeper.close();
            database.close();
        }
    }
}
