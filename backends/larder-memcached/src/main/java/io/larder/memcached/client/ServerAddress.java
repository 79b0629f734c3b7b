package io.larder.memcached.client;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** Where a server listens. */
public sealed interface ServerAddress {

    /** The port memcached listens on unless it is told another. */
    int PORT_DEFAULT = 11211;

    /** Returns the address of a server on the network. */
    static ServerAddress tcp(String host, int port) {
        return new Tcp(host, port);
    }

    /** Returns the address of a server on this machine. */
    static ServerAddress unix(Path path) {
        return new Unix(path);
    }

    /** Returns what to connect to; a name is resolved anew by each attempt to connect. */
    SocketAddress resolve();

    /** A host name or number, and a port. */
    record Tcp(String host, int port) implements ServerAddress {
        /** Checks its parts. */
        public Tcp {
            if (host.isEmpty()) {
                throw new IllegalArgumentException("host must not be empty");
            }
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("port must be from 1 to 65535, was " + port);
            }
        }

        @Override
        public SocketAddress resolve() {
            return InetSocketAddress.createUnresolved(host, port);
        }

        @Override
        public String toString() {
            return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
        }
    }

    /** The path of a unix socket. */
    record Unix(Path path) implements ServerAddress {
        @Override
        public SocketAddress resolve() {
            return UnixDomainSocketAddress.of(path);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }
}
