package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.Certificates;
import io.larder.testkit.servers.RedisOptions;
import io.larder.testkit.servers.RedisSentinels;
import io.larder.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What sentinels watch: finding the leader, and the next one. */
@Timeout(180)
class SentinelConnectionsTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static String port(Links links, boolean read, int hash) {
        return links.answer(
                (read ? links.connections().reader(hash) : links.connections().leader(hash))
                        .thenCompose(commands -> commands.async().info("server").toCompletableFuture())
                        .thenApply(info -> info.replaceAll("(?s).*tcp_port:(\\d+).*", "$1")));
    }

    private static Set<String> readFrom(Links links) {
        Set<String> ports = new HashSet<>();
        for (int hash = 0; hash < 50; hash++) {
            ports.add(port(links, true, hash));
        }
        return ports;
    }

    private static Set<String> ports(List<RedisServer> servers) {
        return servers.stream().map(server -> String.valueOf(server.port())).collect(Collectors.toSet());
    }

    @Test
    void findsTheLeaderAndTheNextOne() {
        try (RedisSentinels sentinels = RedisSentinels.start();
                Links links = Links.open(Urls.of(sentinels))) {
            links.put("key", "value");
            assertThat(port(links, false, 0))
                    .isEqualTo(String.valueOf(sentinels.leader().port()));

            RedisServer old = sentinels.killLeader();

            Await.until(
                    "writes succeed again", SOON, () -> links.put("key", "new").equals("OK"));
            assertThat(port(links, false, 0)).isNotEqualTo(String.valueOf(old.port()));
        }
    }

    @Test
    void leavesALeaderThatHangs() {
        try (RedisSentinels sentinels = RedisSentinels.start();
                Links links = Links.open(Urls.of(sentinels) + "?timeout=200ms")) {
            links.put("key", "value");
            RedisServer hung = sentinels.leader();

            hung.pause();
            try {
                Await.until(
                        "writes succeed again",
                        SOON,
                        () -> links.put("key", "new").equals("OK"));
                assertThat(port(links, false, 0)).isNotEqualTo(String.valueOf(hung.port()));
            } finally {
                hung.resume();
            }
        }
    }

    @Test
    void readsFromTheReplicasThatTheSentinelsKnow() {
        try (RedisSentinels sentinels = RedisSentinels.start();
                Links links = Links.open(Urls.of(sentinels) + "?read=replica")) {
            links.put("key", "value");
            Await.until("both replicas answer", SOON, () -> readFrom(links).equals(ports(sentinels.replicas())));

            RedisServer old = sentinels.killLeader();
            RedisServer next = sentinels.awaitFailover(old);

            Set<String> left = ports(sentinels.servers());
            left.remove(String.valueOf(old.port()));
            left.remove(String.valueOf(next.port()));
            Await.until(
                    "the replica that is left answers alone",
                    SOON,
                    () -> readFrom(links).equals(left));
        }
    }

    @Test
    void sendsEachPasswordWhereItBelongs() {
        try (Certificates certificates = Certificates.create();
                RedisSentinels sentinels = RedisSentinels.start(RedisOptions.plain()
                        .tls(certificates)
                        .password("of-data")
                        .sentinelPassword("of-sentinels")
                        .sentinelUser("watcher", "of-watcher"))) {
            String data = Urls.of(sentinels).replace("://", "://:of-data@") + "?tls=true&ca=" + certificates.ca();
            try (Links password = Links.open(data + "&sentinel-password=of-sentinels");
                    Links user = Links.open(data + "&sentinel-user=watcher&sentinel-password=of-watcher&read=replica");
                    Links none = Links.open(data);
                    Links wrong = Links.open(data + "&sentinel-password=of-data");
                    Links nobody = Links.open(data.replace(":of-data@", "") + "&sentinel-password=of-sentinels")) {
                assertThat(password.put("key", "value")).isEqualTo("OK");
                assertThat(user.put("key", "value")).isEqualTo("OK");
                Await.until(
                        "replicas are read with the password too",
                        SOON,
                        () -> readFrom(user).equals(ports(sentinels.replicas())));
                String sentinel = "A sentinel of Redis service '" + sentinels.service() + "' of the sentinels at "
                        + Urls.addresses(sentinels.sentinels()).replace(",", ", ");
                assertThat(none.failure("of-data"))
                        .hasMessageStartingWith(sentinel + " refused the login ('NOAUTH")
                        .hasMessageEndingWith(
                                "Check 'sentinel-user' and 'sentinel-password'; the user before '@' is for "
                                        + "the nodes that hold data");
                assertThat(wrong.failure("of-data"))
                        .hasMessageStartingWith(sentinel + " refused the login ('WRONGPASS");
                assertThat(nobody.failure("of-sentinels"))
                        .hasMessageStartingWith("Redis service")
                        .hasMessageContaining(" wants a login ('NOAUTH");
            }
        }
    }

    @Test
    void asksTheNextSentinelWhenOneIsDown() {
        try (RedisSentinels sentinels = RedisSentinels.start()) {
            sentinels.sentinels().get(0).kill();

            try (Links links = Links.open(Urls.of(sentinels))) {
                assertThat(links.put("key", "value")).isEqualTo("OK");
            }
        }
    }

    @Test
    void sentinelsThatAreAllDownAreNamed() {
        try (RedisSentinels sentinels = RedisSentinels.start()) {
            sentinels.sentinels().forEach(RedisServer::kill);

            try (Links links = Links.open(Urls.of(sentinels))) {
                assertThat(links.failure())
                        .hasMessageContaining(
                                Urls.addresses(sentinels.sentinels()).replace(",", ", "))
                        .hasMessageContaining("refused the connection: nothing listens there");
            }
        }
    }
}
