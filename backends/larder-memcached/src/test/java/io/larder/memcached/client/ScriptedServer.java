package io.larder.memcached.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Greets like memcached, and then answers each line as the test says. */
final class ScriptedServer implements AutoCloseable {

    /** Writes an answer; what it throws ends the connection. */
    interface Script {
        void answer(String line, OutputStream out) throws IOException;
    }

    /** The version it claims to be. */
    volatile String version = "1.6.18";

    private final ServerSocket listener;
    private final Script script;
    /** What was asked, greetings left out. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    ScriptedServer(Script script) throws IOException {
        this.script = script;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                connections.add(socket);
                Thread thread = new Thread(() -> serve(socket), "scripted-server-connection");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            OutputStream out = socket.getOutputStream();
            int greetings = 5;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (greetings-- > 0) {
                    out.write((line.equals("mn") ? "MN\r\n" : "VERSION " + version + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
                } else {
                    asked.add(line);
                    script.answer(line, out);
                }
            }
        } catch (IOException | UncheckedIOException gone) {
            // So is the connection.
        }
    }

    ServerAddress address() {
        return ServerAddress.tcp("127.0.0.1", listener.getLocalPort());
    }

    int connections() {
        return connections.size();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : connections) {
            socket.close();
        }
    }
}
