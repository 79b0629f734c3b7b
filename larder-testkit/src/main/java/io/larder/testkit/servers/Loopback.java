package io.larder.testkit.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Connections of this machine to itself. */
final class Loopback {

    private static final byte[] ADDRESS = {127, 0, 0, 1};
    private static final int CONNECT_MILLIS_MAX = 2_000;
    private static final int BACKLOG_MAX = 64;

    private Loopback() {}

    /** Connects, with TLS if there is a context for it. */
    static Socket connect(int port, @Nullable SSLContext tls, int answerMillisMax) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(ADDRESS), port), CONNECT_MILLIS_MAX);
            socket.setSoTimeout(answerMillisMax);
            socket.setTcpNoDelay(true);
            return tls == null ? socket : secured(socket, port, tls);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Listens on a port, or on one that the system picks if that is 0. */
    static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, BACKLOG_MAX, InetAddress.getByAddress(ADDRESS));
    }

    private static Socket secured(Socket socket, int port, SSLContext tls) throws IOException {
        SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, ServerProcess.HOST, port, true);
        secured.startHandshake();
        return secured;
    }
}
