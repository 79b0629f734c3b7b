package io.larder.bench.redis;

import io.larder.bench.load.RemoteCache;
import io.larder.bench.load.Worker;
import io.larder.testkit.servers.RedisServer;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** The program that runs in the JVM of one peer. */
final class RedisWorker {

    private RedisWorker() {}

    static List<String> arguments(RedisPeer peer, RedisServer server, Duration ttl) {
        return List.of(
                peer.name(),
                String.valueOf(server.port()),
                String.valueOf(server.pid()),
                String.valueOf(ttl.toMillis()));
    }

    /** Serves until its input ends. */
    public static void main(String[] args) throws IOException {
        // What a library prints must not pass for an answer.
        PrintStream answers = System.out;
        System.setOut(System.err);
        RedisPeer peer = RedisPeer.valueOf(args[0]);
        Duration ttl = Duration.ofMillis(Long.parseLong(args[3]));
        try (RemoteCache cache = peer.open(Integer.parseInt(args[1]), ttl)) {
            Worker.serve(cache, Long.parseLong(args[2]), System.in, answers);
        }
        // Some libraries leave threads behind.
        System.exit(0);
    }
}
