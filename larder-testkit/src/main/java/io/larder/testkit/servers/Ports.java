package io.larder.testkit.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/**
 * Picks ports that nobody listens on. Another process may take one before the server does; the server then tries again.
 *
 * <p>They lie below 32,768, where the ports of outgoing connections begin, and so do those 10,000 above, which the nodes
 * of a Redis cluster use among themselves.
 */
final class Ports {

    static final int BUS_DISTANCE = 10_000;

    private static final int PORT_MIN = 10_000;
    private static final int PORT_MAX = 22_000;
    private static final int ATTEMPTS_MAX = 1_000;

    private Ports() {}

    /** Returns a port that is free, and the one {@code distance} above it too. */
    static int freeWith(int distance) {
        Random random = new Random();
        for (int i = 0; i < ATTEMPTS_MAX; i++) {
            int port = PORT_MIN + random.nextInt(PORT_MAX - PORT_MIN);
            if (isFree(port) && isFree(port + distance)) {
                return port;
            }
        }
        throw new ServerException("Found no free port between " + PORT_MIN + " and " + PORT_MAX + " in " + ATTEMPTS_MAX
                + " attempts. Stop what listens there.");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
