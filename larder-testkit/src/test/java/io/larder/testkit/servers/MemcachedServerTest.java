package io.larder.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

class MemcachedServerTest {

    private static final byte[] NOOP = "mn\r\n".getBytes(StandardCharsets.US_ASCII);

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Plain {

        @AutoClose
        private MemcachedServer server;

        @BeforeAll
        void start() {
            server = MemcachedServer.start();
        }

        @Test
        void keepsWhatItIsTold() {
            assertThat(server.ask("set word 7 0 4\r\n😀")).containsExactly("STORED");

            assertThat(server.ask("get word")).containsExactly("VALUE word 7 4", "😀", "END");
            assertThat(server.ask("mg word v t")).containsExactly("VA 4 t-1", "😀");
            assertThat(server.ask("get nothing")).containsExactly("END");
        }

        @Test
        void tellsAboutItself() {
            assertThat(server.ask("version")).singleElement().asString().matches("VERSION 1\\.\\d+.*");
            assertThat(server.stat("pid")).isEqualTo(String.valueOf(server.pid()));
            assertThat(server.stat("no such")).isNull();
            assertThat(server.ask("stats settings"))
                    .contains("STAT inter 127.0.0.1", "STAT tcpport " + server.port(), "STAT udpport 0");
        }

        @Test
        void listsItsKeys() {
            server.ask("set listed 0 0 1\r\nx");

            assertThat(server.ask("lru_crawler metadump all"))
                    .anyMatch(line -> line.startsWith("key=listed "))
                    .endsWith("END");
        }

        @Test
        void refusalIsQuotedWithTheCommandAndWithoutTheValue() {
            assertThatThrownBy(() -> server.ask("ms key 6 no_flag\r\ns3cret"))
                    .isInstanceOf(ServerException.class)
                    .hasMessageStartingWith(server + " refused 'ms key 6 no_flag': CLIENT_ERROR")
                    .hasMessageNotContaining("s3cret");
        }
    }

    @Nested
    class Life {

        @Test
        void restartedAfterACrashIsEmptyOnTheSamePort() throws IOException {
            try (MemcachedServer server = MemcachedServer.start();
                    Socket open = Loopback.connect(server.port(), null, 20_000)) {
                String address = server.address();
                server.ask("set k 0 0 1\r\nx");

                server.kill();

                assertThat(open.getInputStream().read()).isNegative();
                assertThatThrownBy(() -> server.ask("version")).hasMessageContainingAll("Cannot reach", address);

                server.restart();

                assertThat(server.address()).isEqualTo(address);
                assertThat(server.ask("get k")).containsExactly("END");
            }
        }

        @Test
        void pausedAnswersWhenItIsResumed() throws IOException {
            try (MemcachedServer server = MemcachedServer.start();
                    Socket socket = Loopback.connect(server.port(), null, 100)) {
                server.pause();
                socket.getOutputStream().write(NOOP);
                assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

                server.resume();

                socket.setSoTimeout(20_000);
                assertThat(socket.getInputStream().readNBytes(4))
                        .isEqualTo("MN\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }

        @Test
        void closedLeavesNothingBehindButItsLog() {
            MemcachedServer server =
                    MemcachedServer.start(MemcachedOptions.plain().with("-v"));
            Path folder = server.folder();
            ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
            server.pause();

            server.close();
            server.close();

            assertThat(process.isAlive()).isFalse();
            assertThat(folder).doesNotExist();
        }

        @Test
        void whatItCannotReadIsShownFromItsLog() {
            MemcachedOptions tooSmall = MemcachedOptions.plain().memoryMebibytes(1);
            // Else the assertion would take a skip for a failure.
            assertThat(MemcachedServer.program(tooSmall)).isExecutable();

            assertThatThrownBy(() -> MemcachedServer.start(tooSmall))
                    .isInstanceOf(ServerException.class)
                    .hasMessageContainingAll("Cannot start memcached on 127.0.0.1:", "1/2 of memory max");
        }

        @Test
        void eachOfAGroupIsAlone() {
            try (MemcachedGroup group = MemcachedGroup.start(3)) {
                group.servers().get(0).ask("set k 0 0 1\r\nx");

                assertThat(group.servers().get(1).ask("get k")).containsExactly("END");
                assertThat(group.address().split(","))
                        .hasSize(3)
                        .doesNotHaveDuplicates()
                        .allMatch(address -> address.startsWith("127.0.0.1:"));
            }
        }
    }

    @Nested
    class Limits {

        @Test
        void fullMemoryEvicts() {
            String value = "x".repeat(200_000);
            try (MemcachedServer server =
                    MemcachedServer.start(MemcachedOptions.plain().memoryMebibytes(2))) {
                for (int i = 0; i < 50; i++) {
                    server.ask("set key" + i + " 0 0 200000\r\n" + value);
                }

                assertThat(server.stat("evictions")).asInt().isPositive();
                assertThat(server.ask("get key0")).containsExactly("END");
            }
        }

        @Test
        void itemThatIsTooLargeIsRefused() {
            try (MemcachedServer server =
                    MemcachedServer.start(MemcachedOptions.plain().itemKibibytesMax(512))) {
                assertThatThrownBy(() -> server.ask("set k 0 0 524288\r\n" + "x".repeat(524_288)))
                        .hasMessageContaining("SERVER_ERROR object too large for cache");
            }
        }
    }

    @Nested
    class Doors {

        @AutoClose
        private final Certificates certificates = Certificates.create();

        private final MemcachedOptions plain = MemcachedOptions.plain();

        @Test
        void unixSocketIsTheOnlyOne() {
            try (MemcachedServer server = MemcachedServer.start(plain.unixSocket())) {
                server.ask("set k 0 0 1\r\nx");

                assertThat(server.stat("curr_items")).isEqualTo("1");
                assertThat(server.address()).isEqualTo(server.socket().toString());
                assertThatThrownBy(() -> Loopback.connect(server.port(), null, 1_000))
                        .isInstanceOf(IOException.class);

                server.restart();

                assertThat(server.stat("curr_items")).isEqualTo("0");
            }
        }

        @Test
        void whoIsNotAUserIsRefused() throws IOException {
            MemcachedQuestion noLogin = new MemcachedQuestion(null, "version");
            MemcachedQuestion wrong = new MemcachedQuestion("app:wr0ng", "version");
            MemcachedQuestion second = new MemcachedQuestion("other:s3cond", "version");
            try (MemcachedServer server =
                    MemcachedServer.start(plain.user("app", "s3cret").user("other", "s3cond"))) {
                assertThat(server.ask("version")).singleElement().asString().startsWith("VERSION");
                assertThat(second.ask(server.port(), null, 20_000))
                        .singleElement()
                        .asString()
                        .startsWith("VERSION");
                assertThat(noLogin.ask(server.port(), null, 20_000))
                        .singleElement()
                        .asString()
                        .startsWith("CLIENT_ERROR");
                assertThat(wrong.ask(server.port(), null, 20_000))
                        .singleElement()
                        .asString()
                        .startsWith("CLIENT_ERROR");
            }
        }

        @Test
        void tlsIsForWhoTrustsTheAuthority() {
            Stream.of(
                            plain.tls(certificates),
                            plain.tls(certificates).user("app", "s3cret"),
                            plain.mutualTls(certificates),
                            plain.tlsOfWrongHost(certificates))
                    .forEach(options -> {
                        try (MemcachedServer server = MemcachedServer.start(options)) {
                            assertThat(server.ask("stats settings")).contains("STAT ssl_enabled yes");
                            assertThatThrownBy(() -> Loopback.connect(server.port(), SSLContext.getDefault(), 1_000))
                                    .hasMessageContaining("certification path");
                        }
                    });
        }

        @Test
        void mutualTlsIsForWhoHasACertificate() throws Exception {
            MemcachedQuestion question = new MemcachedQuestion(null, "version");
            try (MemcachedServer server = MemcachedServer.start(plain.mutualTls(certificates))) {
                assertThatThrownBy(() -> question.ask(server.port(), trusting(certificates.ca()), 1_000))
                        .isInstanceOf(IOException.class);
            }
        }

        @Test
        void saslServerSpeaksTheBinaryProtocolAlone() throws IOException {
            try (MemcachedServer server = MemcachedServer.start(plain.sasl());
                    Socket socket = Loopback.connect(server.port(), null, 20_000)) {
                byte[] binaryNoop = new byte[24];
                binaryNoop[0] = (byte) 0x80;
                binaryNoop[1] = 0x0a;

                socket.getOutputStream().write(binaryNoop);

                byte[] answer = socket.getInputStream().readNBytes(24);
                assertThat(answer[0]).isEqualTo((byte) 0x81);
                assertThat(answer[7]).as("not authenticated").isEqualTo((byte) 0x20);
            }
        }
    }

    /** Returns how to connect as somebody who trusts a CA and has no certificate. */
    private static SSLContext trusting(Path ca) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream file = Files.newInputStream(ca)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
