package io.larder.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With real handshakes, as a client makes them that checks the host's name. */
class CertificatesTest {

    @AutoClose
    private static Certificates certificates;

    @BeforeAll
    static void make() {
        certificates = Certificates.create();
    }

    @Test
    void authoritySignedAllButTheOther() throws Exception {
        X509Certificate authority = read(certificates.ca());
        X509Certificate other = read(certificates.otherCa());

        for (Certificates.Pair pair :
                new Certificates.Pair[] {certificates.server(), certificates.client(), certificates.wrongHost()}) {
            X509Certificate certificate = read(pair.certificate());
            certificate.checkValidity();
            certificate.verify(authority.getPublicKey());
            assertThatThrownBy(() -> certificate.verify(other.getPublicKey())).isNotNull();
            assertThat(Files.readString(pair.key())).startsWith("-----BEGIN PRIVATE KEY-----");
        }
        assertThat(authority.getBasicConstraints()).isNotNegative();
        assertThat(read(certificates.server().certificate()).getBasicConstraints())
                .isNegative();
    }

    @Test
    void serverIsWhoItSaysItIs() {
        try (RedisServer server = RedisServer.start(RedisOptions.plain().tls(certificates))) {
            assertThat(server.command("PING")).hasToString("PONG");
            assertThatCode(() -> shakeHands(server, "127.0.0.1", trusting(certificates.ca())))
                    .doesNotThrowAnyException();
            assertThatCode(() -> shakeHands(server, "localhost", trusting(certificates.ca())))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> shakeHands(server, "127.0.0.1", trusting(certificates.otherCa())))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("path");
        }
    }

    @Test
    void wrongHostIsSomebodyElse() {
        try (RedisServer server = RedisServer.start(RedisOptions.plain().tlsOfWrongHost(certificates))) {
            assertThatThrownBy(() -> shakeHands(server, "127.0.0.1", trusting(certificates.ca())))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("subject alternative names matching IP address 127.0.0.1");
        }
    }

    @Test
    void serverAsksForTheClientsCertificate() {
        RedisOptions options = RedisOptions.plain().tls(certificates).clientCertificateNeeded();
        try (RedisServer server = RedisServer.start(options)) {
            assertThat(server.command("PING")).hasToString("PONG");
            assertThatThrownBy(() -> shakeHands(server, "127.0.0.1", trusting(certificates.ca())))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("certificate_required");
        }
    }

    @Test
    void serverOfTlsSpeaksNothingElse() throws IOException {
        try (RedisServer server = RedisServer.start(RedisOptions.plain().tls(certificates));
                RespConnection plain = RespConnection.open(server.port(), null, 20_000)) {
            assertThatThrownBy(() -> plain.ask(List.of("PING".getBytes(StandardCharsets.US_ASCII))))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void closedLeavesNoFile() {
        Certificates own = Certificates.create();
        Path folder = own.ca().getParent();
        assertThat(folder).isNotEmptyDirectory();

        own.close();

        assertThat(folder).doesNotExist();
    }

    /** Shakes hands and says PING, as TLS 1.3 reports a missing certificate only afterwards. */
    private static void shakeHands(RedisServer server, String host, SSLContext context) throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(host, server.port())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('+');
        }
    }

    private static SSLContext trusting(Path authority) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", read(authority));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static X509Certificate read(Path file) throws Exception {
        try (InputStream content = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(content);
        }
    }
}
