package io.larder.testkit.servers;

import java.util.List;
import java.util.stream.Collectors;

/** Memcached servers that know nothing of each other; it is their clients who share keys out among them. */
public final class MemcachedGroup implements AutoCloseable {

    private final ServerGroup<MemcachedServer> group = new ServerGroup<>();

    private MemcachedGroup() {}

    /** Starts {@code count} servers without users and TLS; see {@link #start(int, MemcachedOptions)}. */
    public static MemcachedGroup start(int count) {
        return start(count, MemcachedOptions.plain());
    }

    /** Starts {@code count} servers with the same options and returns when all of them answer. */
    public static MemcachedGroup start(int count, MemcachedOptions options) {
        MemcachedGroup started = new MemcachedGroup();
        return started.group.orClose(() -> {
            for (int i = 0; i < count; i++) {
                started.group.add(MemcachedServer.start(options));
            }
            return started;
        });
    }

    /** Returns the servers in the order of their start. */
    public List<MemcachedServer> servers() {
        return group.members();
    }

    /** Returns the addresses of all, in order, with commas between them. */
    public String address() {
        return servers().stream().map(ServerProcess::address).collect(Collectors.joining(","));
    }

    /** Closes all of them. */
    @Override
    public void close() {
        group.close();
    }
}
