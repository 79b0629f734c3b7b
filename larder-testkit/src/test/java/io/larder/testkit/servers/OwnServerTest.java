package io.larder.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** As a user would write it; the guide shows it. */
class OwnServerTest {

    @AutoClose
    static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start(RedisOptions.plain().password("s3cret").set("maxmemory", "2mb"));
    }

    @Test
    void fullServerRefusesWrites() {
        String tooMuch = "x".repeat(3_000_000);

        server.command("SET", "fits", "x");

        assertThat(server.command("GET", "fits").text()).isEqualTo("x");
        assertThatThrownBy(() -> server.command("SET", "does not", tooMuch)).hasMessageContaining("OOM");
    }
}
