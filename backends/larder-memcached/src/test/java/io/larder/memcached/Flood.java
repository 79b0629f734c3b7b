package io.larder.memcached;

import io.larder.testkit.servers.MemcachedServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Somebody else who fills a server with small items, as small as markers and as entries. Confined to one thread. */
final class Flood implements AutoCloseable {

    private static final int ANSWER_MILLIS_MAX = 20_000;
    private static final int VALUE_BYTES_STEP = 40;
    private static final int SIZES = 8;

    private final Socket socket;
    private final OutputStream out;
    private long items;

    Flood(MemcachedServer server) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(ANSWER_MILLIS_MAX);
        out = new BufferedOutputStream(socket.getOutputStream());
    }

    /** Stores so many items, and returns when they are there. */
    void store(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            int sizeBytes = (int) (items % SIZES) * VALUE_BYTES_STEP + 1;
            write("set flood-with-a-name-of-some-length-" + items++ + " 0 0 " + sizeBytes + " noreply\r\n"
                    + "x".repeat(sizeBytes) + "\r\n");
        }
        write("mn\r\n");
        out.flush();
        byte[] end = socket.getInputStream().readNBytes("MN\r\n".length());
        if (!new String(end, StandardCharsets.US_ASCII).equals("MN\r\n")) {
            throw new IOException("Cannot flood port " + socket.getPort() + ": it closed the connection");
        }
    }

    private void write(String command) throws IOException {
        out.write(command.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
