package io.larder.testkit.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A wire between clients and a server that a test can break: a port of 127.0.0.1 where the server seems to be.
 *
 * <p>A fault meets what comes through from now on, on every connection, until the next one is set or the wire is healed.
 * What clients and server say is bytes to it; so it serves for any protocol, and for TLS. Thread-safe.
 */
public final class FaultyWire implements AutoCloseable {

    private static final int THREADS_MAX = 512;
    private static final int PACKET_BYTES_MAX = 65_536;

    private final int port;
    private final int serverPort;
    private final AtomicInteger threadsMade = new AtomicInteger();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, THREADS_MAX, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final Object lock = new Object();
    /** Null while the wire refuses connections; guarded by {@code lock}. */
    private @Nullable ServerSocket listener;
    /** Ends when nobody listens any more; guarded by {@code lock}. */
    private CompletableFuture<@Nullable Void> accepting = CompletableFuture.completedFuture(null);

    private volatile Fault requests = Fault.none();
    private volatile Fault answers = Fault.none();

    private record Link(Socket client, Socket server) {

        void close() {
            closeQuietly(client);
            closeQuietly(server);
        }
    }

    private FaultyWire(int serverPort) {
        this.port = Ports.freeWith(0);
        this.serverPort = serverPort;
    }

    /** Lays one to a server that listens on a port; it may be started later, or again. */
    public static FaultyWire to(ServerProcess server) {
        FaultyWire wire = new FaultyWire(server.port());
        wire.heal();
        return wire;
    }

    /** Returns the port at which the server seems to be. */
    public int port() {
        return port;
    }

    /** Returns {@code 127.0.0.1:port}. */
    public String address() {
        return ServerProcess.HOST + ":" + port;
    }

    /** Returns how many connections there were so far, be they cut or not. */
    public int connections() {
        return connections.get();
    }

    /** Sets what happens to what the server says. */
    public void answers(Fault fault) {
        answers = fault;
    }

    /** Sets what happens to what clients say. */
    public void requests(Fault fault) {
        requests = fault;
    }

    /** Cuts all connections; new ones are let in. */
    public void cut() {
        links.forEach(Link::close);
    }

    /** Cuts all connections and refuses new ones. */
    public void refuse() {
        CompletableFuture<@Nullable Void> accepted;
        synchronized (lock) {
            closeQuietly(listener);
            listener = null;
            accepted = accepting;
        }
        // A socket that a thread still waits on lets connections in after it was closed.
        accepted.join();
        cut();
    }

    /** Passes everything on from now on, and lets connections in again. What was cut or swallowed stays lost. */
    public void heal() {
        requests = Fault.none();
        answers = Fault.none();
        synchronized (lock) {
            if (listener == null) {
                try {
                    ServerSocket opened = Loopback.listen(port);
                    listener = opened;
                    accepting = CompletableFuture.runAsync(() -> accept(opened), threads);
                } catch (IOException e) {
                    throw new ServerException("Cannot lay a wire at " + address() + ": " + e.getMessage(), e);
                }
            }
        }
    }

    /** Cuts all connections and takes the wire away. */
    @Override
    public void close() {
        refuse();
        threads.shutdownNow();
    }

    /** Returns what it is and between whom, for messages. */
    @Override
    public String toString() {
        return "wire from " + address() + " to port " + serverPort;
    }

    private void accept(ServerSocket opened) {
        while (true) {
            try {
                connect(opened, opened.accept());
            } catch (IOException e) {
                // Closed, by refuse().
                return;
            }
        }
    }

    private void connect(ServerSocket opened, Socket client) {
        connections.incrementAndGet();
        try {
            client.setTcpNoDelay(true);
            Link link = new Link(client, Loopback.connect(serverPort, null, 0));
            synchronized (lock) {
                if (listener != opened) {
                    link.close();
                    return;
                }
                links.add(link);
            }
            threads.execute(() -> pump(link, link.client, link.server, () -> requests));
            threads.execute(() -> pump(link, link.server, link.client, () -> answers));
        } catch (IOException | RejectedExecutionException e) {
            // The server does not run, or the test does not end its connections; the client is told as by a server.
            closeQuietly(client);
        }
    }

    private void pump(Link link, Socket from, Socket to, Supplier<Fault> fault) {
        byte[] buffer = new byte[PACKET_BYTES_MAX];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                fault.get().pass(Arrays.copyOf(buffer, length), out);
            }
        } catch (IOException e) {
            // Cut, by one of the ends or by a fault.
        } finally {
            link.close();
            links.remove(link);
        }
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "larder-wire-" + port + "-" + threadsMade.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    private static void closeQuietly(@Nullable AutoCloseable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (Exception e) {
            // Then it is as good as closed.
        }
    }
}
