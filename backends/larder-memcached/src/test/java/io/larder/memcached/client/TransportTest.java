package io.larder.memcached.client;

import static io.larder.memcached.client.MemcachedServerTest.await;
import static io.larder.memcached.client.MemcachedServerTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.testkit.servers.Certificates;
import io.larder.testkit.servers.MemcachedOptions;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TransportTest {

    private static final MetaFlags VALUE = MetaFlags.of("v");
    private static final MemcachedOptions PLAIN = MemcachedOptions.plain();

    private static IoThreads threads;

    @AutoClose
    private static Certificates certificates;

    @BeforeAll
    static void start() {
        threads = IoThreads.start("memcached-io", 1);
        certificates = Certificates.create();
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

    private static ClientSettings trusting(Path ca) throws SSLException {
        return ClientSettings.DEFAULT.withTls(
                SslContextBuilder.forClient().trustManager(ca.toFile()).build());
    }

    @Test
    void reachesAUnixSocket() throws Exception {
        try (MemcachedProcess process = MemcachedProcess.start(PLAIN.unixSocket());
                MemcachedServer server = new MemcachedServer(process.unixAddress(), ClientSettings.DEFAULT, threads)) {
            roundTrip(server);
        }
    }

    @Test
    void speaksTlsWithAServerItKnows() throws Exception {
        try (MemcachedProcess process = MemcachedProcess.start(PLAIN.tls(certificates));
                MemcachedServer server =
                        new MemcachedServer(process.address("localhost"), trusting(certificates.ca()), threads)) {
            roundTrip(server);
        }
    }

    @Test
    void refusesACertificateOfAnotherHostOrAuthority() throws Exception {
        try (MemcachedProcess wrongHost = MemcachedProcess.start(PLAIN.tlsOfWrongHost(certificates));
                MemcachedServer misled =
                        new MemcachedServer(wrongHost.address(), trusting(certificates.ca()), threads);
                MemcachedProcess named = MemcachedProcess.start(PLAIN.tls(certificates));
                MemcachedServer distrusting =
                        new MemcachedServer(named.address(), trusting(certificates.otherCa()), threads)) {
            for (MemcachedServer server : new MemcachedServer[] {misled, distrusting}) {
                assertThatThrownBy(() -> await(server.call(MetaRequest.noop())))
                        .cause()
                        .isInstanceOf(UnreachableException.class)
                        .rootCause()
                        .isInstanceOf(GeneralSecurityException.class);
            }
        }
    }

    @Test
    void showsItsCertificateAsOftenAsItConnects() throws Exception {
        SslContext context = SslContextBuilder.forClient()
                .trustManager(certificates.ca().toFile())
                .keyManager(
                        certificates.client().certificate().toFile(),
                        certificates.client().key().toFile())
                .build();
        ClientSettings settings = ClientSettings.DEFAULT.withTls(context);
        try (MemcachedProcess process = MemcachedProcess.start(PLAIN.mutualTls(certificates))) {
            for (int i = 0; i < 3; i++) {
                // A session that is resumed would be refused: the server sets no context for it.
                try (MemcachedServer server = new MemcachedServer(process.address(), settings, threads)) {
                    roundTrip(server);
                }
            }
            try (MemcachedServer nobody =
                    new MemcachedServer(process.address(), trusting(certificates.ca()), threads)) {
                assertThatThrownBy(() -> await(nobody.call(MetaRequest.noop())))
                        .cause()
                        .isInstanceOf(UnreachableException.class);
            }
        }
    }

    @Test
    void logsIn() throws Exception {
        Credentials right = new Credentials("app", "s3cret");
        MemcachedOptions withUser = PLAIN.user("app", "s3cret");
        try (MemcachedProcess plain = MemcachedProcess.start(withUser);
                MemcachedProcess tls = MemcachedProcess.start(withUser.tls(certificates));
                MemcachedServer one =
                        new MemcachedServer(plain.address(), ClientSettings.DEFAULT.withCredentials(right), threads);
                MemcachedServer two = new MemcachedServer(
                        tls.address(), trusting(certificates.ca()).withCredentials(right), threads)) {
            roundTrip(one);
            roundTrip(two);
        }
        assertThat(right.toString()).doesNotContain("s3cret");
    }

    @Test
    void tellsWhyALoginFailed() throws Exception {
        try (MemcachedProcess process = MemcachedProcess.start(PLAIN.user("app", "s3cret"));
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
        try (MemcachedProcess process = MemcachedProcess.start(PLAIN.sasl());
                MemcachedServer server = new MemcachedServer(process.address(), ClientSettings.DEFAULT, threads)) {
            assertThatThrownBy(() -> await(server.call(MetaRequest.noop()))).hasMessageContaining("(-S)");
        }
    }
}
