package io.larder.memcached.client;

import io.larder.testkit.servers.MemcachedOptions;

/** The testkit's server, whose name means the client in this package, at an address of this package. */
final class MemcachedProcess implements AutoCloseable {

    private final io.larder.testkit.servers.MemcachedServer server;

    private MemcachedProcess(io.larder.testkit.servers.MemcachedServer server) {
        this.server = server;
    }

    static MemcachedProcess start(MemcachedOptions options) {
        return new MemcachedProcess(io.larder.testkit.servers.MemcachedServer.start(options));
    }

    static MemcachedProcess tcp(String... arguments) {
        return start(MemcachedOptions.plain().with(arguments));
    }

    io.larder.testkit.servers.MemcachedServer server() {
        return server;
    }

    ServerAddress address() {
        return address(server.host());
    }

    /** Returns the address by another name of this machine. */
    ServerAddress address(String host) {
        return ServerAddress.tcp(host, server.port());
    }

    ServerAddress unixAddress() {
        return ServerAddress.unix(server.socket());
    }

    /** Starts it again after it was killed. */
    void start() {
        server.restart();
    }

    void kill() {
        server.kill();
    }

    /** Stops it without ending it: it keeps its connections and answers nothing. */
    void freeze() {
        server.pause();
    }

    void thaw() {
        server.resume();
    }

    @Override
    public void close() {
        server.close();
    }
}
