package io.larder.memcached.client;

import static io.larder.memcached.client.MemcachedServerTest.await;
import static io.larder.memcached.client.MemcachedServerTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransportTest {

    private static final MetaFlags VALUE = MetaFlags.of("v");

    private static IoThreads threads;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        threads = IoThreads.start("memcached-io", 1);
    }

    @AfterAll
    static void stop() {
        threads.close();
    }

    private static void roundTrip(MemcachedServer server) throws Exception {
        byte[] large = new byte[900_000];
        await(server.call(MetaRequest.set(bytes("large"), large, MetaFlags.NONE)));

        assertThat(await(server.call(MetaRequest.get(bytes("large"), VALUE))).value())
                .isEqualTo(large);
    }

    private SslContext tls(X509Bundle authority) throws Exception {
        return SslContextBuilder.forClient()
                .trustManager(authority.getCertificate())
                .build();
    }

    private X509Bundle authority() throws Exception {
        return new CertificateBuilder()
                .subject("CN=ca")
                .algorithm(CertificateBuilder.Algorithm.ecp256)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private MemcachedProcess tlsProcess(X509Bundle authority, String host, String... more) throws Exception {
        X509Bundle leaf = new CertificateBuilder()
                .subject("CN=server")
                .algorithm(CertificateBuilder.Algorithm.ecp256)
                .addSanDnsName("localhost")
                .buildIssuedBy(authority);
        Path certificate = Files.writeString(folder.resolve("server.crt"), leaf.getCertificatePEM());
        Path key = Files.writeString(folder.resolve("server.key"), leaf.getPrivateKeyPEM());
        String[] options = new String[more.length + 3];
        options[0] = "-Z";
        options[1] = "-o";
        options[2] = "ssl_chain_cert=" + certificate + ",ssl_key=" + key;
        System.arraycopy(more, 0, options, 3, more.length);
        return MemcachedProcess.tcpAs(host, options);
    }

    @Test
    void reachesAUnixSocket() throws Exception {
        try (MemcachedProcess process = MemcachedProcess.unix(folder.resolve("m.sock"));
                MemcachedServer server = new MemcachedServer(process.address(), ClientSettings.DEFAULT, threads)) {
            roundTrip(server);
        }
    }

    @Test
    void speaksTlsWithAServerItKnows() throws Exception {
        X509Bundle authority = authority();
        try (MemcachedProcess process = tlsProcess(authority, "localhost");
                MemcachedServer server = new MemcachedServer(
                        process.address(), ClientSettings.DEFAULT.withTls(tls(authority)), threads)) {
            roundTrip(server);
        }
    }

    @Test
    void refusesACertificateOfAnotherHostOrAuthority() throws Exception {
        X509Bundle authority = authority();
        try (MemcachedProcess otherHost = tlsProcess(authority, "127.0.0.1");
                MemcachedServer byNumber = new MemcachedServer(
                        otherHost.address(), ClientSettings.DEFAULT.withTls(tls(authority)), threads);
                MemcachedProcess named = tlsProcess(authority, "localhost");
                MemcachedServer distrusting = new MemcachedServer(
                        named.address(), ClientSettings.DEFAULT.withTls(tls(authority())), threads)) {
            for (MemcachedServer server : new MemcachedServer[] {byNumber, distrusting}) {
                assertThatThrownBy(() -> await(server.call(MetaRequest.noop())))
                        .cause()
                        .isInstanceOf(UnreachableException.class)
                        .rootCause()
                        .isInstanceOf(GeneralSecurityException.class);
            }
        }
    }

    @Test
    void logsIn() throws Exception {
        Path file = Files.writeString(folder.resolve("users"), "app:s3cret\n");
        X509Bundle authority = authority();
        Credentials right = new Credentials("app", "s3cret");
        try (MemcachedProcess plain = MemcachedProcess.tcp("-Y", file.toString());
                MemcachedProcess tls = tlsProcess(authority, "localhost", "-Y", file.toString());
                MemcachedServer one =
                        new MemcachedServer(plain.address(), ClientSettings.DEFAULT.withCredentials(right), threads);
                MemcachedServer two = new MemcachedServer(
                        tls.address(),
                        ClientSettings.DEFAULT.withCredentials(right).withTls(tls(authority)),
                        threads)) {
            roundTrip(one);
            roundTrip(two);
        }
        assertThat(right.toString()).doesNotContain("s3cret");
    }

    @Test
    void tellsWhyALoginFailed() throws Exception {
        Path file = Files.writeString(folder.resolve("users"), "app:s3cret\n");
        try (MemcachedProcess process = MemcachedProcess.tcp("-Y", file.toString());
                MemcachedServer nobody = new MemcachedServer(process.address(), ClientSettings.DEFAULT, threads);
                MemcachedServer wrong = new MemcachedServer(
                        process.address(),
                        ClientSettings.DEFAULT.withCredentials(new Credentials("app", "wr0ng")),
                        threads)) {
            assertThatThrownBy(() -> await(nobody.call(MetaRequest.noop())))
                    .hasMessageContaining(
                            "'mn' on " + process.address() + " failed: the server asks for a user and password");
            assertThatThrownBy(() -> await(wrong.call(MetaRequest.noop())))
                    .hasMessageContaining("the server refused user 'app' or the password")
                    .hasMessageNotContaining("wr0ng");
        }
    }

    @Test
    void tellsThatSaslServersSpeakAnotherProtocol() throws Exception {
        try (MemcachedProcess process = MemcachedProcess.sasl(folder);
                MemcachedServer server = new MemcachedServer(process.address(), ClientSettings.DEFAULT, threads)) {
            assertThatThrownBy(() -> await(server.call(MetaRequest.noop()))).hasMessageContaining("(-S)");
        }
    }
}
