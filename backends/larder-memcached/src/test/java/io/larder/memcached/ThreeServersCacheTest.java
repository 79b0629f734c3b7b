package io.larder.memcached;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ThreeServersCacheTest extends MemcachedCachePromises {

    private static List<Daemon> servers;

    @BeforeAll
    static void start() {
        servers = Stream.generate(() -> Daemon.start("-t", "1", "-o", "hashpower=13")).limit(3).toList();
    }

    @AfterAll
    static void stop() {
        servers.forEach(Daemon::close);
    }

    @Override
    List<Daemon> servers() {
        return servers;
    }
}
