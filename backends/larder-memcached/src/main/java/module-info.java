/** The {@code memcached} backends, and the client of the meta protocol that they use. */
module io.larder.memcached {
    requires static org.jspecify;
    requires transitive io.larder;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;

    exports io.larder.memcached;
    exports io.larder.memcached.client;

    provides io.larder.spi.BackendProvider with
            io.larder.memcached.MemcachedProvider;
}
