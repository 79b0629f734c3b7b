package io.larder.testkit.servers;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a Redis server that sends a command and waits for its answer. Confined to one thread.
 *
 * <p>Speaks RESP 2 and only as much of it as a test needs, so that the testkit depends on no client.
 */
final class RespConnection implements AutoCloseable {

    private static final int COMMAND_CHARACTERS_SHOWN = 80;
    private static final Pattern BEFORE_PASSWORD = Pattern.compile("(?i).*(auth|auth2|pass|setuser)");

    private final String address;
    private final Socket socket;
    private final DataInputStream in;

    private RespConnection(String address, Socket socket) throws IOException {
        this.address = address;
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** Connects, with TLS if there is a context for it. */
    static RespConnection open(int port, @Nullable SSLContext tls, int answerMillisMax) throws IOException {
        return new RespConnection(ServerProcess.HOST + ":" + port, Loopback.connect(port, tls, answerMillisMax));
    }

    /**
     * Sends a command and returns the answer.
     *
     * @throws ServerException when the answer is an error; the message quotes it
     */
    RedisAnswer ask(List<byte[]> words) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(ascii("*" + words.size() + "\r\n"));
        for (byte[] word : words) {
            request.writeBytes(ascii("$" + word.length + "\r\n"));
            request.writeBytes(word);
            request.writeBytes(ascii("\r\n"));
        }
        request.writeTo(socket.getOutputStream());
        socket.getOutputStream().flush();
        return answer(words);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private RedisAnswer answer(List<byte[]> words) throws IOException {
        String head = line();
        String rest = head.substring(1);
        return switch (head.charAt(0)) {
            case '+', ':' -> RedisAnswer.of(rest.getBytes(StandardCharsets.ISO_8859_1));
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> list(Integer.parseInt(rest), words);
            case '-' ->
                throw new ServerException("redis-server on " + address + " refused '" + shown(words) + "': " + rest);
            default -> throw new IOException(address + " does not speak RESP 2; it answered '" + head + "'");
        };
    }

    private RedisAnswer list(int length, List<byte[]> words) throws IOException {
        List<RedisAnswer> items = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            items.add(answer(words));
        }
        return RedisAnswer.of(items);
    }

    private RedisAnswer bulk(int length) throws IOException {
        if (length < 0) {
            return RedisAnswer.NIL;
        }
        byte[] bytes = in.readNBytes(length);
        line();
        return RedisAnswer.of(bytes);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte next = in.readByte(); next != '\n'; next = in.readByte()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Shows the beginning of a command, and nothing from where a password may follow. */
    private static String shown(List<byte[]> words) {
        List<String> shown = new ArrayList<>();
        for (byte[] word : words) {
            shown.add(new String(word, StandardCharsets.UTF_8));
            if (BEFORE_PASSWORD.matcher(shown.get(shown.size() - 1)).matches()) {
                shown.add("…");
                break;
            }
        }
        String all = String.join(" ", shown);
        return all.length() > COMMAND_CHARACTERS_SHOWN ? all.substring(0, COMMAND_CHARACTERS_SHOWN) + "…" : all;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
