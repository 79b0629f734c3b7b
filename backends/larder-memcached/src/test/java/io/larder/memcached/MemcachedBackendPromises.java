package io.larder.memcached;

import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.testkit.BackendContract;
import io.larder.testkit.Values;
import io.larder.testkit.servers.MemcachedServer;
import io.larder.url.CacheUrl;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The promises of every backend, on whatever servers the subclass has started. */
abstract class MemcachedBackendPromises extends BackendContract<byte[]> {

    private final List<Backends> opened = new ArrayList<>();

    MemcachedBackendPromises() {
        super(Values.BYTES);
    }

    abstract List<MemcachedServer> servers();

    @Override
    protected final Backend<String, byte[]> open(CacheSpec<String, byte[]> spec, BackendContext context) {
        return open(servers(), spec, context);
    }

    /** A skew of an hour, because the contract's clock stands still while the server's goes on. */
    final Backend<String, byte[]> open(
            List<MemcachedServer> servers, CacheSpec<String, byte[]> spec, BackendContext context) {
        Backends backends = new MemcachedProvider()
                .open(CacheUrl.parse(Urls.of(servers) + "?clock-skew=1h&timeout=10s&lease=60s"), context);
        opened.add(backends);
        return ((Backends.OfBytes) backends).open(spec);
    }

    @AfterEach
    void leaveNothing() {
        opened.forEach(Backends::close);
        servers().forEach(server -> server.ask("flush_all"));
    }
}
