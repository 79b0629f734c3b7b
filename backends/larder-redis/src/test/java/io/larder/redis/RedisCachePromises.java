package io.larder.redis;

import io.larder.testkit.CacheContract;
import io.larder.testkit.servers.RedisServer;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The promises of every cache, on whatever servers the subclass has started. */
abstract class RedisCachePromises extends CacheContract {

    abstract String address();

    abstract List<RedisServer> leaders();

    /** A skew of an hour, because the contract's clock stands still while the server's goes on. */
    @Override
    protected final String url() {
        return address() + "?clock-skew=1h&timeout=10s&lease=60s";
    }

    @Override
    protected final boolean isShared() {
        return true;
    }

    /** Each try asks a server some fifty times. */
    @Override
    protected final int matrixTries() {
        return 50;
    }

    /** A script counts once; those of bulk calls use none of these commands themselves. */
    @Override
    protected final List<Long> requestsByServer() {
        return leaders().stream()
                .map(leader -> Stream.of("get", "mget", "evalsha", "eval")
                        .mapToLong(command -> calls(leader.info("cmdstat_" + command)))
                        .sum())
                .toList();
    }

    private static long calls(@Nullable String stats) {
        return stats == null ? 0 : Long.parseLong(stats.replaceFirst("calls=(\\d+),.*", "$1"));
    }

    @AfterEach
    void leaveNothing() {
        leaders().forEach(leader -> leader.command("FLUSHALL"));
    }
}
