package io.larder.cli;

import static io.larder.cli.Cli.larder;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.servers.Certificates;
import io.larder.testkit.servers.RedisOptions;
import io.larder.testkit.servers.RedisServer;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that cannot be reached, or does not let us in: exit 3, one line with host and port, never a password. */
class RedisRefusalsTest {

    private static final String PASSWORD = "s3cret-of-ann";

    @Nested
    class NobodyThere {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "get a",
                    "exists a",
                    "find a",
                    "set a 1",
                    "del a",
                    "expire a 1s",
                    "incr a",
                    "keys",
                    "entries",
                    "invalidate --tag t",
                    "invalidate --match *",
                    "clear --yes",
                    "ping",
                    "stats",
                    "demo --rows 5000 --reads 1"
                })
        void everyVerbSaysSoAndNoneTakesItForAMiss(String verb) {
            String address = deadAddress();

            Cli cli = larder(("--url redis://" + address + "/0 " + verb).split(" "));

            assertThat(cli)
                    .isEqualTo(new Cli(
                            3,
                            "",
                            "larder: Redis at " + address + " refused the connection: nothing listens there."
                                    + " Check host and port, and that it runs\n"));
        }

        @Test
        void aReadCountsAsAMissOnlyWhereTheUrlAsksForIt() {
            String address = deadAddress();

            Cli cli = larder("--url", "redis://" + address + "?on-error=miss", "get", "a");

            assertThat(cli.exit()).isEqualTo(1);
            assertThat(cli.out()).isEmpty();
            assertThat(cli.err().lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith(
                                    "larder: 'a' counts as a miss: Redis at " + address + " refused the connection"));
        }

        @Test
        void aShellGoesOnAndFindsTheServerAgain() {
            try (RedisServer server = RedisServer.start()) {
                server.stop();
                String url = "redis://" + server.address();
                Cli down = larder(Map.of(), "set a 1\nget a\n", "--url", url, "shell");
                server.restart();
                Cli up = larder(Map.of(), "set a 1\nget a\n", "--url", url, "shell");

                assertThat(down.exit()).isEqualTo(3);
                assertThat(down.err().lines()).hasSize(2).allMatch(line -> line.startsWith("larder: line "));
                up.prints("1");
            }
        }

        private static String deadAddress() {
            try (RedisServer server = RedisServer.start()) {
                return server.address();
            }
        }
    }

    @Nested
    class Logins {

        @Test
        void aWrongPasswordIsToldWithoutThePassword() {
            try (RedisServer server = RedisServer.start(RedisOptions.plain().password("right"))) {
                assertThat(refused(server, "redis://:" + PASSWORD + "@" + server.address()))
                        .contains("refused the login", "Check user and password");
                assertThat(refused(server, "redis://" + server.address()))
                        .contains("wants a login", "':password@' for the default user");
            }
        }

        @Test
        void aWrongUserIsToldWithoutThePassword() {
            RedisOptions options = RedisOptions.plain().user("ann", PASSWORD, "~*", "+@all");
            try (RedisServer server = RedisServer.start(options)) {
                assertThat(refused(server, "redis://bob:" + PASSWORD + "@" + server.address()))
                        .contains("refused the login", "Check user and password");
                larder("--url", "redis://ann:" + PASSWORD + "@" + server.address(), "set", "a", "1")
                        .prints();
            }
        }

        @Test
        void whatTheUserMayNotDoIsNoReasonToTryAgain() {
            RedisOptions options = RedisOptions.plain().user("ann", PASSWORD, "~larder:shop:*", "+@all");
            try (RedisServer server = RedisServer.start(options)) {
                String url = "redis://ann:" + PASSWORD + "@" + server.address();

                assertThat(larder("--url", url, "get", "a").refusal())
                        .contains("does not permit the user")
                        .doesNotContain(PASSWORD);
                larder("--url", url + "?namespace=shop", "set", "a", "1").prints();
            }
        }
    }

    @Nested
    class Tls {

        @Test
        void anUnknownAuthorityIsTold() {
            try (Certificates certificates = Certificates.create();
                    RedisServer server = RedisServer.start(RedisOptions.plain().tls(certificates))) {
                assertThat(refused(server, "rediss://:" + PASSWORD + "@" + server.address()))
                        .contains("no known authority signed", "with 'ca'");
                assertThat(refused(server, "rediss://" + server.address() + "?ca=" + certificates.otherCa()))
                        .contains("no known authority signed");
                larder("--url", "rediss://" + server.address() + "?ca=" + certificates.ca(), "set", "a", "1")
                        .prints();
            }
        }

        @Test
        void aCertificateForAnotherHostIsTold() {
            try (Certificates certificates = Certificates.create();
                    RedisServer server = RedisServer.start(RedisOptions.plain().tlsOfWrongHost(certificates))) {
                assertThat(refused(server, "rediss://" + server.address() + "?ca=" + certificates.ca()))
                        .contains("a certificate for another host");
            }
        }

        @Test
        void plainTextAndTlsAreNeverTakenForEachOther() {
            try (Certificates certificates = Certificates.create();
                    RedisServer tls = RedisServer.start(RedisOptions.plain().tls(certificates));
                    RedisServer plain = RedisServer.start()) {
                refused(tls, "redis://:" + PASSWORD + "@" + tls.address());
                // Such a server waits for more, and says nothing.
                asked(plain, "rediss://" + plain.address() + "?connect-timeout=500ms&ca=" + certificates.ca());
            }
        }
    }

    @Nested
    class OtherShapes {

        @Test
        void aUrlForAnotherShapeSaysSo() {
            try (RedisServer server = RedisServer.start()) {
                assertThat(refused(server, "redis+cluster://" + server.address()))
                        .contains("is no Redis Cluster");
                assertThat(refused(server, "redis+sentinel://" + server.address() + "/larder"))
                        .contains("is no sentinel");
                assertThat(refused(server, "redis://" + server.address() + "/99"))
                        .contains("does not have the database");
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "redis://ann:s3cret-of-ann@host:1/0/9",
                    "redis://ann:s3cret-of-ann@host:1?ttll=5s",
                    "redis://ann:s3cret-of-ann@one,two",
                    "redis+sentinel://host:1/service?sentinel-user=x&sentinel-passwort=s3cret-of-ann",
                    "rediss://ann:s3cret-of-ann@host:1?tls=false",
                    "rediss://ann:s3cret-of-ann@host:1?ca=/no/such/file"
                })
        void aUrlThatCannotWorkIsBadUsage(String url) {
            assertThat(larder("--url", url, "get", "a").refusal()).doesNotContain(PASSWORD);
        }
    }

    /** Returns the one line with which both a read and a ping are refused, however slow the machine is. */
    private static String refused(RedisServer server, String url) {
        return asked(server, url + (url.contains("?") ? "&" : "?") + "connect-timeout=1m&timeout=1m");
    }

    private static String asked(RedisServer server, String url) {
        Cli read = larder("--url", url, "get", "a");
        Cli ping = larder("--url", url, "ping");

        assertThat(read.err()).startsWith("larder: ").contains(server.address()).doesNotContain(PASSWORD);
        assertThat(read.err().lines()).hasSize(1);
        assertThat(read).isEqualTo(new Cli(3, "", read.err()));
        assertThat(ping).isEqualTo(read);
        return read.err();
    }
}
