package io.larder.redis;

import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.testkit.BackendContract;
import io.larder.testkit.Values;
import io.larder.testkit.servers.RedisServer;
import io.larder.url.CacheUrl;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The promises of every backend, on whatever servers the subclass has started. */
abstract class RedisBackendPromises extends BackendContract<byte[]> {

    private final List<Backends> opened = new ArrayList<>();

    RedisBackendPromises() {
        super(Values.BYTES);
    }

    abstract String url();

    abstract List<RedisServer> leaders();

    /** A skew of an hour, because the contract's clock stands still while the server's goes on. */
    @Override
    protected Backend<String, byte[]> open(CacheSpec<String, byte[]> spec, BackendContext context) {
        return open(url(), spec, context);
    }

    final Backend<String, byte[]> open(String url, CacheSpec<String, byte[]> spec, BackendContext context) {
        Backends backends = new RedisProvider().open(CacheUrl.parse(url + "?clock-skew=1h&timeout=10s"), context);
        opened.add(backends);
        return ((Backends.OfBytes) backends).open(spec);
    }

    @AfterEach
    void leaveNothing() {
        opened.forEach(Backends::close);
        leaders().forEach(leader -> leader.command("FLUSHALL"));
    }
}
