/** The {@code redis} backends, on Lettuce. */
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"}) // Lettuce is no module yet.
module io.larder.redis {
    requires static org.jspecify;
    requires transitive io.larder;
    requires transitive lettuce.core;
    // An automatic module does not bring what it needs.
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.resolver.dns;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires reactor.core;

    exports io.larder.redis;

    provides io.larder.spi.BackendProvider with
            io.larder.redis.RedisProvider;
}
