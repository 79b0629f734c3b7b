package io.larder.memcached;

import io.larder.testkit.servers.MemcachedOptions;
import io.larder.testkit.servers.MemcachedServer;
import io.larder.testkit.servers.ServerProcess;
import java.util.List;
import java.util.stream.Collectors;

/** The URLs of servers, and how these are started. */
final class Urls {

    /** A small hash table, so that a listing takes a millisecond and not twelve. */
    static final MemcachedOptions SMALL = MemcachedOptions.plain().with("-t", "1", "-o", "hashpower=13");

    private Urls() {}

    static String of(MemcachedServer server) {
        return of(List.of(server));
    }

    static String of(List<MemcachedServer> servers) {
        return "memcached://" + servers.stream().map(ServerProcess::address).collect(Collectors.joining(","));
    }
}
