package io.larder.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

class RedisServerTest {

    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Plain {

        @AutoClose
        private RedisServer server;

        @BeforeAll
        void start() {
            server = RedisServer.start();
        }

        @Test
        void keepsWhatItIsTold() {
            server.command("SET", "an emoji 😀", "a \"quoted\"\r\nvalue");

            assertThat(server.command("GET", "an emoji 😀").text()).isEqualTo("a \"quoted\"\r\nvalue");
            assertThat(server.command("STRLEN", "no such key").number()).isZero();
            assertThat(server.command("GET", "no such key").isEmpty()).isTrue();
            assertThat(server.command("GET", "no such key").text()).isNull();
        }

        @Test
        void takesAndReturnsAnyBytes() {
            byte[] value = {0, -1, '\r', '\n', 13};

            server.command(List.of("SET".getBytes(StandardCharsets.UTF_8), new byte[] {-2}, value));

            assertThat(server.command(List.of("GET".getBytes(StandardCharsets.UTF_8), new byte[] {-2}))
                            .bytes())
                    .isEqualTo(value);
        }

        @Test
        void answersInListsOfLists() {
            server.command("ZADD", "scores", "1", "one", "2", "two");

            RedisAnswer page = server.command("ZSCAN", "scores", "0");

            assertThat(page.items()).hasSize(2);
            assertThat(page.items().get(1).texts()).containsExactly("one", "1", "two", "2");
            assertThat(page.texts()).containsExactly("0", "one", "1", "two", "2");
            assertThat(page).hasToString("[0, [one, 1, two, 2]]");
        }

        @Test
        void refusalIsQuotedWithTheCommand() {
            assertThatThrownBy(() -> server.command("SET", "k"))
                    .isInstanceOf(ServerException.class)
                    .hasMessage("redis-server on " + server.address()
                            + " refused 'SET k': ERR wrong number of arguments for 'set' command");
        }

        @Test
        void keepsNothingOnDisk() {
            assertThat(server.command("CONFIG", "GET", "save").texts()).containsExactly("save", "");
            assertThat(server.command("CONFIG", "GET", "appendonly").texts()).containsExactly("appendonly", "no");
            assertThat(server.info("redis_mode")).isEqualTo("standalone");
        }

        @Test
        void listensOnItsUnixSocket() throws IOException {
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(server.socket()))) {
                channel.write(ByteBuffer.wrap(PING));
                ByteBuffer answer = ByteBuffer.allocate(7);
                while (answer.hasRemaining() && channel.read(answer) >= 0) {
                    // The rest of it.
                }

                assertThat(new String(answer.array(), StandardCharsets.US_ASCII))
                        .isEqualTo("+PONG\r\n");
            }
        }

        @Test
        void knowsNothingOfAnother() {
            try (RedisServer other = RedisServer.start()) {
                server.command("SET", "here", "only");

                assertThat(other.port()).isNotEqualTo(server.port());
                assertThat(other.command("EXISTS", "here").number()).isZero();
            }
        }
    }

    @Nested
    class Life {

        @Test
        void restartedAfterACrashIsEmptyOnTheSamePort() {
            try (RedisServer server = RedisServer.start()) {
                int port = server.port();
                server.command("SET", "k", "v");

                server.kill();

                assertThat(server.isRunning()).isFalse();
                assertThatThrownBy(() -> server.command("PING"))
                        .isInstanceOf(ServerException.class)
                        .hasMessageContainingAll("Cannot reach", server.address(), "refused");

                server.restart();

                assertThat(server.port()).isEqualTo(port);
                assertThat(server.command("EXISTS", "k").number()).isZero();
            }
        }

        @Test
        void stoppedSaysGoodbye() {
            try (RedisServer server = RedisServer.start()) {
                server.stop();
                server.stop();

                assertThat(server.isRunning()).isFalse();
                assertThat(server.log()).contains("Redis is now ready to exit, bye bye");
            }
        }

        @Test
        void pausedAnswersWhenItIsResumed() throws IOException {
            try (RedisServer server = RedisServer.start();
                    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                server.pause();
                socket.getOutputStream().write(PING);
                socket.setSoTimeout(100);
                assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

                server.resume();

                socket.setSoTimeout(20_000);
                assertThat(new DataInputStream(socket.getInputStream()).readByte())
                        .isEqualTo((byte) '+');
            }
        }

        @Test
        void closedLeavesNothingBehindButItsLog() {
            RedisServer server = RedisServer.start();
            Path folder = server.folder();
            ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
            assertThat(folder).isNotEmptyDirectory();

            server.close();
            server.close();

            assertThat(process.isAlive()).isFalse();
            assertThat(folder).doesNotExist();
            assertThat(server.log()).contains("Ready to accept connections");
            assertThatThrownBy(server::pause).hasMessageContainingAll("does not run", server.address());
        }

        @Test
        void pausedCanBeClosed() {
            RedisServer server = RedisServer.start();
            server.pause();

            server.close();

            assertThat(server.isRunning()).isFalse();
        }

        @Test
        void whatItCannotReadIsShownFromItsLog() {
            RedisOptions options = RedisOptions.plain().set("no-such-directive", "1");

            assertThatThrownBy(() -> RedisServer.start(options))
                    .isInstanceOf(ServerException.class)
                    .hasMessageContainingAll(
                            "Cannot start redis on 127.0.0.1:", "ended with status 1", "no-such-directive");
        }

        @Test
        void takesAnotherPortWhenItsOwnWasSnatched() throws IOException {
            try (Snatched server = new Snatched()) {
                server.launch();

                assertThat(server.attempts).isEqualTo(2);
                assertThat(server.port()).isNotEqualTo(server.snatcher.getLocalPort());
                assertThat(server.isRunning()).isTrue();
                server.snatcher.close();
            }
        }
    }

    @Nested
    class Passwords {

        @Test
        void whoHasNoneIsRefused() throws IOException {
            try (RedisServer server = RedisServer.start(RedisOptions.plain().password("a \"b\\ #c"))) {
                assertThat(server.command("PING")).hasToString("PONG");
                assertThat(answerToPing(server.port())).startsWith("-NOAUTH");
            }
        }

        @Test
        void userMayDoWhatTheRulesSay() {
            RedisOptions options = RedisOptions.plain()
                    .password("root")
                    .user("app", "s3cret", "~larder:*", "&*", "+@all", "-@dangerous");
            try (RedisServer server = RedisServer.start(options)) {
                server.commandAs("app", "s3cret", "SET", "larder:k", "v");

                assertThatThrownBy(() -> server.commandAs("app", "s3cret", "SET", "other", "v"))
                        .hasMessageContaining("NOPERM");
                assertThatThrownBy(() -> server.commandAs("app", "s3cret", "FLUSHALL"))
                        .hasMessageContaining("NOPERM");
                assertThatThrownBy(() -> server.commandAs("app", "wr0ng", "GET", "larder:k"))
                        .hasMessageContaining("refused 'AUTH …': WRONGPASS")
                        .hasMessageNotContaining("wr0ng");
                assertThat(server.command("GET", "larder:k").text()).isEqualTo("v");
            }
        }
    }

    /** Answers what somebody gets who sends no password. */
    private static String answerToPing(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write(PING);
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** A server whose first port is taken by another between the choice and the start. */
    private static final class Snatched extends ServerProcess {

        private int attempts;
        private ServerSocket snatcher;

        Snatched() {
            super("snatched", 0);
        }

        @Override
        void configure(TempFolder target, int port) {
            attempts++;
            if (attempts == 1) {
                try {
                    snatcher = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }

        @Override
        List<String> commandLine(TempFolder configured, int port) {
            return List.of(
                    RedisServer.program().toString(), "--bind", HOST, "--save", "", "--port", String.valueOf(port));
        }

        @Override
        boolean isReady() throws IOException {
            return answerToPing(port()).startsWith("+PONG");
        }
    }
}
