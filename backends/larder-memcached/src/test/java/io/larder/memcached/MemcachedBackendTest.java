package io.larder.memcached;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;

class MemcachedBackendTest extends MemcachedBackendPromises {

    @AutoClose
    private static Daemon server;

    @BeforeAll
    static void start() {
        server = Daemon.start("-t", "1", "-o", "hashpower=13");
    }

    @Override
    List<Daemon> servers() {
        return List.of(server);
    }
}
