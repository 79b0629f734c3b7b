package io.larder.docs;

import io.larder.Larder;
import io.larder.testkit.servers.MemcachedServer;
import io.larder.testkit.servers.RedisServer;
import java.time.Duration;

/**
 * The servers that samples call {@value #REDIS} and {@value #MEMCACHED}: real ones, each started when the first sample needs it, and
 * empty for each.
 *
 * <p>Without a program to start, the samples that need it are skipped, or fail where {@code -Dlarder.require} says so.
 */
public final class SampleServer {

    private static final String REDIS = "redis://localhost";
    private static final String REDIS_NODE = "localhost:6379";
    private static final String REDIS_CALL = SampleServer.class.getName() + ".redis()";
    private static final String MEMCACHED = "memcached://localhost";
    private static final String MEMCACHED_CALL = SampleServer.class.getName() + ".memcached()";

    private static RedisServer redis;
    private static MemcachedServer memcached;

    private SampleServer() {}

    /** Returns a sample with the servers' addresses in place of the names. */
    static String substituted(String source) {
        return source.replace('"' + REDIS, REDIS_CALL + " + \"").replace('"' + MEMCACHED, MEMCACHED_CALL + " + \"");
    }

    /** Returns what stands in a file, with the servers' addresses in place of the names; those that it names run. */
    static String inFile(String text) {
        String redisNamed = text.contains(REDIS) ? text.replace(REDIS, redis()) : text;
        return redisNamed.contains(MEMCACHED) ? redisNamed.replace(MEMCACHED, memcached()) : redisNamed;
    }

    /** Starts the servers that the sample needs if nobody has, and empties them. */
    static void prepare(String substituted) {
        if (substituted.contains(REDIS_CALL) || substituted.contains(REDIS)) {
            if (redis == null) {
                redis = RedisServer.start();
                warmUp(redis());
            }
            redis.command("FLUSHALL");
        }
        if (substituted.contains(MEMCACHED_CALL) || substituted.contains(MEMCACHED)) {
            if (memcached == null) {
                memcached = MemcachedServer.start();
                warmUp(memcached());
            }
            memcached.ask("flush_all");
        }
    }

    /** Returns the URL of the running server; what samples call. */
    public static String redis() {
        return "redis://" + redis.address();
    }

    /** Returns the URL of the running server; what samples call. */
    public static String memcached() {
        return "memcached://" + memcached.address();
    }

    /** Returns what a sample printed, with the names in place of the addresses. */
    static String renamed(String printed) {
        String renamed =
                redis == null ? printed : printed.replace(redis(), REDIS).replace(redis.address(), REDIS_NODE);
        return memcached == null ? renamed : renamed.replace(memcached(), MEMCACHED);
    }

    static void stop() {
        if (redis != null) {
            redis.close();
            redis = null;
        }
        if (memcached != null) {
            memcached.close();
            memcached = null;
        }
    }

    /** Loads the client's classes, so that a slow machine does not count that towards a sample's timeout. */
    private static void warmUp(String url) {
        try (Larder larder = Larder.open(url)) {
            larder.cache("warm-up", String.class, String.class)
                    .timeout(Duration.ofMinutes(1))
                    .build()
                    .ping();
        }
    }
}
