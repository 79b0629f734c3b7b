package io.larder.memcached;

import java.util.List;
import java.util.stream.Collectors;

/** The URLs of servers. */
final class Urls {

    private Urls() {}

    static String of(List<Daemon> servers) {
        return "memcached://" + servers.stream().map(Daemon::address).collect(Collectors.joining(","));
    }
}
