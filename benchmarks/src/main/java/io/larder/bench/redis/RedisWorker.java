package io.larder.bench.redis;

import io.larder.bench.load.Worker;
import java.io.IOException;

/** The program that runs in the JVM of one peer. */
final class RedisWorker {

    private RedisWorker() {}

    /** Serves until its input ends. */
    public static void main(String[] args) throws IOException {
        Worker.run(RedisPeer::valueOf, args);
    }
}
