package io.larder.testkit.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One command in memcached's text protocol, sent over a connection that the server closes when it has answered.
 *
 * <p>So the answer ends with the connection, and nobody has to know how answers to each command end.
 *
 * @param user {@code name:password}, if it has to log in
 * @param command without the end of its last line
 */
record MemcachedQuestion(@Nullable String user, String command) {

    private static final Pattern REFUSAL = Pattern.compile("(ERROR|CLIENT_ERROR|SERVER_ERROR|BUSY)\\b.*");
    private static final int COMMAND_CHARACTERS_SHOWN = 80;

    List<String> ask(int port, @Nullable SSLContext tls, int answerMillisMax) throws IOException {
        try (Socket socket = Loopback.connect(port, tls, answerMillisMax)) {
            return ask(socket.getInputStream(), socket.getOutputStream());
        }
    }

    List<String> ask(Path unixSocket, int answerMillisMax) throws IOException {
        CompletableFuture<Boolean> late = new CompletableFuture<>();
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(unixSocket))) {
            // A channel knows no timeout, but who reads from one that is closed is told so.
            var unused = late.completeOnTimeout(true, answerMillisMax, TimeUnit.MILLISECONDS)
                    .thenRun(() -> close(channel));
            return ask(Channels.newInputStream(channel), Channels.newOutputStream(channel));
        } finally {
            late.cancel(false);
        }
    }

    static boolean isRefusal(List<String> answer) {
        return answer.isEmpty() || REFUSAL.matcher(answer.get(0)).matches();
    }

    /** Returns the beginning of the command, and nothing of a value or a password. */
    @Override
    public String toString() {
        String line = command.lines().findFirst().orElse("");
        return line.length() > COMMAND_CHARACTERS_SHOWN ? line.substring(0, COMMAND_CHARACTERS_SHOWN) + "…" : line;
    }

    private List<String> ask(InputStream in, OutputStream out) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8));
        if (user != null) {
            String words = user.replaceFirst(":", " ");
            send(out, "set auth 0 0 " + words.getBytes(UTF_8).length + "\r\n" + words);
            String welcome = lines.readLine();
            if (!"STORED".equals(welcome)) {
                return welcome == null ? List.of() : List.of(welcome);
            }
        }
        // The crawler takes the connection over, and with it all that was sent behind its command.
        boolean isDump = command.startsWith("lru_crawler metadump");
        send(out, isDump ? command : command + "\r\nquit");
        List<String> answer = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            answer.add(line);
            if (isRefusal(answer) || (isDump && line.equals("END"))) {
                break;
            }
        }
        return answer;
    }

    private static void send(OutputStream out, String lines) throws IOException {
        out.write((lines + "\r\n").getBytes(UTF_8));
        out.flush();
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Then it was closed before.
        }
    }
}
