package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.BackendException;
import io.larder.testkit.servers.Certificates;
import io.larder.testkit.servers.RedisOptions;
import io.larder.testkit.servers.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TLS: whom we believe, who believes us, and that it is never left out. */
@Timeout(60)
class TlsConnectionsTest {

    private static Certificates certificates;
    private static RedisServer server;

    @BeforeAll
    static void start() {
        certificates = Certificates.create();
        server = RedisServer.start(RedisOptions.plain().tls(certificates));
    }

    @AfterAll
    static void stop() {
        server.close();
        certificates.close();
    }

    private static String url(RedisServer of, String more) {
        return "rediss://" + of.address() + "?ca=" + certificates.ca() + more;
    }

    private static String name(RedisServer of) {
        return "Redis at " + of.address();
    }

    @Test
    void believesTheAuthorityThatIsNamed() {
        try (Links links = Links.open(url(server, ""));
                Links parameter = Links.open(url(server, "&tls=true").replace("rediss:", "redis:"))) {
            links.put("key", "value");

            assertThat(links.get("key")).isEqualTo("value");
            assertThat(parameter.get("key")).isEqualTo("value");
        }
    }

    @Test
    void believesNoOtherAuthority() {
        String other = "rediss://" + server.address() + "?ca=" + certificates.otherCa();
        try (Links links = Links.open(other);
                Links platform = Links.open("rediss://" + server.address())) {
            for (Links each : new Links[] {links, platform}) {
                BackendException failure = each.failure();

                assertThat(failure)
                        .hasMessage(name(server) + " showed a certificate that no known authority signed, or one that "
                                + "has expired. Name the PEM file of its authority with 'ca'");
                assertThat(failure.isTransient()).isFalse();
            }
        }
    }

    @Test
    void checksTheHostUnlessToldNotTo() {
        try (RedisServer wrong = RedisServer.start(RedisOptions.plain().tlsOfWrongHost(certificates));
                Links full = Links.open(url(wrong, ""));
                Links authority = Links.open(url(wrong, "&verify=ca"))) {
            assertThat(full.failure())
                    .hasMessageStartingWith(name(wrong) + " showed a certificate for another host (")
                    .hasMessageContaining("127.0.0.1")
                    .hasMessageEndingWith(
                            "Use a host name of the certificate, or 'verify=ca' if its authority signs for "
                                    + "your servers alone");
            assertThat(authority.put("key", "value")).isEqualTo("OK");
        }
    }

    @Test
    void authorityIsCheckedWithoutTheHostToo() {
        try (Links links = Links.open("rediss://" + server.address() + "?verify=ca&ca=" + certificates.otherCa())) {
            assertThat(links.failure()).hasMessageContaining("no known authority signed");
        }
    }

    @Test
    void showsItsCertificateWhereOneIsNeeded() {
        try (RedisServer strict =
                        RedisServer.start(RedisOptions.plain().tls(certificates).clientCertificateNeeded());
                Links with = Links.open(url(
                        strict,
                        "&cert=" + certificates.client().certificate() + "&key="
                                + certificates.client().key()));
                Links without = Links.open(url(strict, ""))) {
            assertThat(with.put("key", "value")).isEqualTo("OK");
            assertThat(without.failure())
                    .hasMessage(name(strict) + " did not accept the client's certificate. Give one that its authority "
                            + "signed, with 'cert' and 'key'");
        }
    }

    @Test
    void neverFallsBackToPlainText() {
        try (RedisServer plain = RedisServer.start();
                Links links = Links.open(url(plain, ""))) {
            assertThat(links.failure())
                    .hasMessageStartingWith(name(plain) + " ")
                    .hasMessageContaining("TLS");
            assertThat(plain.info("total_commands_processed")).isLessThan("9");
        }
    }

    @Test
    void plainTextToATlsPortSaysWhatToWrite() {
        try (Links links = Links.open("redis://" + server.address())) {
            assertThat(links.failure())
                    .hasMessage(
                            name(server) + " closed the connection before it let us in. If this port speaks TLS, use "
                                    + "rediss: or 'tls=true'");
        }
    }
}
