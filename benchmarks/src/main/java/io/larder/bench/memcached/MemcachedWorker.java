package io.larder.bench.memcached;

import io.larder.bench.load.Worker;
import java.io.IOException;

/** The program that runs in the JVM of one peer. */
final class MemcachedWorker {

    private MemcachedWorker() {}

    /** Serves until its input ends. */
    public static void main(String[] args) throws IOException {
        Worker.run(MemcachedPeer::valueOf, args);
    }
}
