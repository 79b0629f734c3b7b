package io.larder.memcached;

import io.larder.testkit.servers.MemcachedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A cache on one server, which tests may meddle with; each begins with an empty one. */
abstract class OneServer {

    @AutoClose
    static MemcachedServer server;

    Opened cache;

    @BeforeAll
    static void start() {
        server = MemcachedServer.start(Urls.SMALL);
    }

    @BeforeEach
    void open() {
        server.ask("flush_all");
        cache = new Opened(Urls.of(server) + "?clock-skew=1h");
    }

    @AfterEach
    void close() {
        cache.close();
    }
}
