package io.larder.docs;

import io.larder.Larder;
import io.larder.testkit.servers.RedisServer;
import java.time.Duration;

/**
 * The server that samples call {@value #NAMED}: a real one, started when the first of them runs, empty for each.
 *
 * <p>Without a program to start, the samples that need it are skipped, or fail where {@code -Dlarder.require=redis} says so.
 */
public final class SampleServer {

    private static final String NAMED = "redis://localhost";
    private static final String NODE_NAMED = "localhost:6379";
    private static final String CALL = SampleServer.class.getName() + ".url()";

    private static RedisServer server;

    private SampleServer() {}

    /** Returns a sample with the server's address in place of the name. */
    static String substituted(String source) {
        return source.replace('"' + NAMED, CALL + " + \"");
    }

    /** Starts the server if the sample needs it and nobody has, and empties it. */
    static void prepare(String substituted) {
        if (substituted.contains(CALL)) {
            if (server == null) {
                server = RedisServer.start();
                warmUp();
            }
            server.command("FLUSHALL");
        }
    }

    /** Returns the URL of the running server; what samples call. */
    public static String url() {
        return "redis://" + server.address();
    }

    /** Returns what a sample printed, with the name in place of the address. */
    static String renamed(String printed) {
        return server == null ? printed : printed.replace(url(), NAMED).replace(server.address(), NODE_NAMED);
    }

    static void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** Loads the client's classes, so that a slow machine does not count that towards a sample's timeout. */
    private static void warmUp() {
        try (Larder larder = Larder.open(url())) {
            larder.cache("warm-up", String.class, String.class)
                    .timeout(Duration.ofMinutes(1))
                    .build()
                    .ping();
        }
    }
}
