package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.testkit.servers.RedisOptions;
import io.larder.testkit.servers.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may ask a server, and what those are told who may not. */
@Timeout(60)
class LoginConnectionsTest {

    private static final String PASSWORD = "pa:ss/w@rd?";
    private static final String ESCAPED = "pa:ss%2Fw%40rd%3F";
    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start(RedisOptions.plain()
                .password(PASSWORD)
                .user("app", "s3cret", "~larder:*", "+@all", "-@dangerous", "+info")
                .set("maxmemory-policy", "noeviction"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String url(String login) {
        return "redis://" + login + server.address();
    }

    private static String name() {
        return "Redis at " + server.address();
    }

    @Test
    void passwordAloneIsTheDefaultUsers() {
        try (Links links = Links.open(url(":" + ESCAPED + "@"))) {
            assertThat(links.put("key", "value")).isEqualTo("OK");
        }
    }

    @Test
    void userAndPasswordAreOneOfTheAcl() {
        try (Links links = Links.open(url("app:s3cret@"))) {
            assertThat(links.put("larder:key", "value")).isEqualTo("OK");
            assertThat(links.lead(commands -> commands.async().aclWhoami().toCompletableFuture()))
                    .isEqualTo("app");
        }
    }

    @Test
    void userMayLogInOverTheUnixSocketToo() {
        try (Links links = Links.open("redis+unix://app:s3cret@" + server.socket())) {
            assertThat(links.put("larder:key", "value")).isEqualTo("OK");
        }
    }

    @Test
    void wrongPasswordIsToldWithoutIt() {
        try (Links links = Links.open(url(":wr0ng-one@"))) {
            BackendException failure = links.failure("wr0ng-one");

            assertThat(failure)
                    .hasMessage(name()
                            + " refused the login ('WRONGPASS invalid username-password pair or user is disabled.'). "
                            + "Check user and password: 'user:password@' for an ACL user, ':password@' for the default "
                            + "one");
            assertThat(failure.isTransient()).isFalse();
        }
    }

    @Test
    void unknownUserIsTold() {
        try (Links links = Links.open(url("nobody:s3cret@"))) {
            assertThat(links.failure("s3cret")).hasMessageStartingWith(name() + " refused the login ('WRONGPASS");
        }
    }

    @Test
    void missingPasswordIsTold() {
        try (Links links = Links.open(url(""))) {
            assertThat(links.failure())
                    .hasMessageStartingWith(name() + " wants a login ('NOAUTH")
                    .hasMessageEndingWith("Add one: 'user:password@', or ':password@' for the default user");
        }
    }

    @Test
    void passwordForAServerWithoutOneIsTold() {
        try (RedisServer open = RedisServer.start();
                Links links = Links.open("redis://:s3cret@" + open.address())) {
            // Some versions let it pass, for the default user takes any password then.
            try {
                assertThat(links.put("key", "value")).isEqualTo("OK");
            } catch (BackendException told) {
                assertThat(told).hasMessageContaining("refused the login").hasMessageNotContaining("s3cret");
            }
        }
    }

    @Test
    void whatTheUserMayNotIsTold() {
        try (Links links = Links.open(url("app:s3cret@"))) {
            assertThatThrownBy(() -> links.put("other:key", "value"))
                    .isInstanceOf(BackendException.class)
                    .hasMessageStartingWith(name() + " does not permit the user what Larder needs ('NOPERM")
                    .hasMessageEndingWith("Grant what the README of larder-redis lists under 'Permissions'")
                    .hasMessageNotContaining("other:key");
        }
    }

    @Test
    void databaseThatIsNotThereIsTold() {
        try (Links links = Links.open(url(":" + ESCAPED + "@") + "/99")) {
            BackendException failure = links.failure();

            assertThat(failure)
                    .hasMessage(name() + " does not have the database ('ERR DB index is out of range'). Name one below "
                            + "its 'databases', 16 unless set; a service in the cloud may have 0 alone");
            assertThat(failure.isTransient()).isFalse();
        }
    }
}
