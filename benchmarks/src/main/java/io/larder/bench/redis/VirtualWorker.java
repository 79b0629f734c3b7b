package io.larder.bench.redis;

import io.larder.bench.load.Worker;
import io.larder.bench.worker.Crew;
import java.io.IOException;

/** The program that runs in the JVM of one peer whose callers are virtual threads. */
final class VirtualWorker {

    private VirtualWorker() {}

    /** Serves until its input ends. */
    public static void main(String[] args) throws IOException {
        Worker.run(RedisPeer::valueOf, Crew.Kind.VIRTUAL, args);
    }
}
