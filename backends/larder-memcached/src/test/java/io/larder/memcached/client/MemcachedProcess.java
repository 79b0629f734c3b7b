package io.larder.memcached.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A memcached of this machine, on the loopback interface. */
final class MemcachedProcess implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofSeconds(10);

    private final List<String> command;
    private final SocketAddress socket;
    private final ServerAddress address;
    private final Path saslFolder;
    private Process process;

    private MemcachedProcess(List<String> command, SocketAddress socket, ServerAddress address, Path saslFolder)
            throws IOException {
        this.saslFolder = saslFolder;
        this.command = command;
        this.socket = socket;
        this.address = address;
        start();
    }

    static MemcachedProcess tcp(String... options) throws IOException {
        return tcpAs("127.0.0.1", options);
    }

    /** Starts one that clients know by this name. */
    static MemcachedProcess tcpAs(String host, String... options) throws IOException {
        int port = freePort();
        List<String> command = command("-l", "127.0.0.1", "-p", Integer.toString(port), "-U", "0");
        command.addAll(List.of(options));
        return new MemcachedProcess(
                command,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                ServerAddress.tcp(host, port),
                Path.of("/"));
    }

    /** Starts one that speaks the binary protocol alone; its configuration is made in the folder. */
    static MemcachedProcess sasl(Path folder) throws IOException {
        Files.writeString(folder.resolve("memcached.conf"), "mech_list: plain\nsasldb_path: " + folder + "/db\n");
        int port = freePort();
        return new MemcachedProcess(
                command("-l", "127.0.0.1", "-p", Integer.toString(port), "-U", "0", "-S"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                ServerAddress.tcp("127.0.0.1", port),
                folder);
    }

    static MemcachedProcess unix(Path path) throws IOException {
        return new MemcachedProcess(
                command("-s", path.toString()),
                UnixDomainSocketAddress.of(path),
                ServerAddress.unix(path),
                Path.of("/"));
    }

    private static List<String> command(String... options) {
        List<String> command = new ArrayList<>(List.of("memcached", "-u", "root", "-t", "1"));
        command.addAll(List.of(options));
        return command;
    }

    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** Starts it, again if it was killed, and waits until it accepts connections. */
    void start() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        // Asked for by servers with SASL only.
        builder.environment().put("SASL_CONF_PATH", saslFolder.toString());
        process = builder.start();
        Instant deadline = Instant.now().plus(START_MAX);
        while (!accepts()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                process.destroyForcibly();
                throw new IOException("memcached did not start: " + command);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private boolean accepts() {
        StandardProtocolFamily family =
                socket instanceof UnixDomainSocketAddress ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET;
        try (SocketChannel probe = SocketChannel.open(family)) {
            return probe.connect(socket);
        } catch (IOException notYet) {
            return false;
        }
    }

    ServerAddress address() {
        return address;
    }

    /** Ends it at once and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Stops it without ending it: it keeps its connections and answers nothing. */
    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
