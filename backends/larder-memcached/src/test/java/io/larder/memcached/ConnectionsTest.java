package io.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.testkit.servers.Certificates;
import io.larder.testkit.servers.MemcachedOptions;
import io.larder.testkit.servers.MemcachedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each way to a server, and what is said about each that is barred. */
@Timeout(60)
class ConnectionsTest {

    private static Certificates certificates;

    @BeforeAll
    static void makeCertificates() {
        certificates = Certificates.create();
    }

    @AfterAll
    static void dropCertificates() {
        certificates.close();
    }

    private static void works(String url) {
        try (Opened cache = new Opened(url)) {
            cache.put("a", "1");
            assertThat(cache.get("a")).isEqualTo("1");
            cache.backend.ping().join();
            assertThat(cache.backend.info().join().details()).containsKeys("version", "curr-items");
        }
    }

    private static void fails(String url, boolean passes, String... said) {
        try (Opened cache = new Opened(url)) {
            assertThatThrownBy(() -> cache.get("a"))
                    .isInstanceOf(BackendException.class)
                    .matches(failure -> ((BackendException) failure).isTransient() == passes, "transient: " + passes)
                    .hasMessageContainingAll(said)
                    .hasMessageNotContaining("s3cret");
        }
    }

    @Test
    void overAUnixSocket() {
        try (MemcachedServer server = MemcachedServer.start(Urls.SMALL.unixSocket())) {
            works("memcached+unix://" + server.socket());
        }
    }

    @Test
    void withUserAndPassword() {
        try (MemcachedServer server = MemcachedServer.start(Urls.SMALL.user("app", "s3cret"))) {
            works("memcached://app:s3cret@" + server.address());
            fails("memcached://" + server.address(), false, "asks for a user and password", "Check 'user:password@'");
            fails("memcached://app:s3cret2@" + server.address(), false, "refused user 'app' or the password");
        }
    }

    @Test
    void withTls() {
        try (MemcachedServer server = MemcachedServer.start(Urls.SMALL.tls(certificates))) {
            works("memcacheds://" + server.address() + "?ca=" + certificates.ca());
            fails("memcacheds://" + server.address(), false, "no known authority signed", "with 'ca'");
            fails("memcached://" + server.address() + "?connect-timeout=500ms", true, server.address());
        }
    }

    @Test
    void withTlsOnBothSides() {
        try (MemcachedServer server = MemcachedServer.start(Urls.SMALL.mutualTls(certificates))) {
            String url = "memcacheds://" + server.address() + "?ca=" + certificates.ca();
            works(url + "&cert=" + certificates.client().certificate() + "&key="
                    + certificates.client().key());
            fails(url + "&connect-timeout=500ms", true, server.address());
        }
    }

    @Test
    void withACertificateOfAnotherHost() {
        try (MemcachedServer server = MemcachedServer.start(Urls.SMALL.tlsOfWrongHost(certificates))) {
            String url = "memcacheds://" + server.address() + "?ca=" + certificates.ca();
            fails(url, false, "a certificate for another host", "'verify=ca'");
            works(url + "&verify=ca");
        }
    }

    @Test
    void tlsWithAServerThatHasNone() {
        try (MemcachedServer server = MemcachedServer.start(Urls.SMALL)) {
            fails(
                    "memcacheds://" + server.address(),
                    false,
                    server.address() + " did not answer in TLS",
                    "Use memcached:");
        }
    }

    @Test
    void aServerWithSaslIsRefusedWithItsReason() {
        try (MemcachedServer server =
                MemcachedServer.start(MemcachedOptions.plain().sasl())) {
            fails(
                    "memcached://app:s3cret@" + server.address(),
                    true,
                    "memcached at " + server.address(),
                    "SASL (-S)",
                    "only the old binary protocol",
                    "authentication file (-Y)");
        }
    }

    @Test
    void whatIsNotThere() {
        fails(
                "memcached://127.0.0.1:1",
                true,
                "memcached at 127.0.0.1:1 refused the connection",
                "Check host and port");
        fails("memcached://no-such-host.invalid", true, "no-such-host.invalid:11211 cannot be found: no such host");
        fails(
                "memcached+unix:///no/such.sock",
                true,
                "memcached at /no/such.sock cannot be reached: there is no such socket");
    }

    @Test
    void whatIsNoMemcached() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread redis = new Thread(() -> answerAsRedis(listener));
            redis.setDaemon(true);
            redis.start();

            fails(
                    "memcached://127.0.0.1:" + listener.getLocalPort(),
                    true,
                    "did not answer as memcached does",
                    "Check that the port is that of a memcached 1.6 or later");
        }
    }

    private static void answerAsRedis(ServerSocket listener) {
        try (Socket socket = listener.accept()) {
            socket.getOutputStream()
                    .write("-ERR unknown command 'version'\r\n".repeat(8).getBytes(StandardCharsets.US_ASCII));
            while (socket.getInputStream().read() >= 0) {
                // Until the client has had enough.
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }
}
