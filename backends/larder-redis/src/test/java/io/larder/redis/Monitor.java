package io.larder.redis;

import io.larder.testkit.servers.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Listens to all that a server is told, scripts' own commands included. Confined to one thread. */
final class Monitor implements AutoCloseable {

    private static final int SILENCE_MILLIS_MAX = 20_000;
    private static final String END = "the-end-of-it";

    private final RedisServer server;
    private final Socket socket;
    private final BufferedReader lines;

    private Monitor(RedisServer server) throws IOException {
        this.server = server;
        this.socket = new Socket(server.host(), server.port());
        socket.setSoTimeout(SILENCE_MILLIS_MAX);
        this.lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
        lines.readLine();
    }

    static Monitor of(RedisServer server) throws IOException {
        return new Monitor(server);
    }

    /** Returns for each script that ran until now how often it used {@code command}. */
    List<Integer> usesInScripts(String command) {
        server.command("ECHO", END);
        List<Integer> uses = new ArrayList<>();
        try {
            for (String line = lines.readLine(); !line.contains(END); line = lines.readLine()) {
                if (line.contains("] \"EVAL")) {
                    uses.add(0);
                } else if (line.contains(" lua] \"" + command + "\"")) {
                    uses.set(uses.size() - 1, uses.get(uses.size() - 1) + 1);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return uses;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
