package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.BackendException;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.FaultyWire;
import io.larder.testkit.servers.RedisServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One server: connecting, losing it, finding it again. */
@Timeout(120)
class ServerConnectionsTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String url(String more) {
        return "redis://127.0.0.1:" + server.port() + more;
    }

    @Test
    void talksToTheDatabaseOfTheUrl() {
        try (Links third = Links.open(url("/3"));
                Links first = Links.open(url("/0"))) {
            third.put("where", "three");

            assertThat(third.get("where")).isEqualTo("three");
            assertThat(first.get("where")).isEmpty();
            assertThat(third.connections().isCluster()).isFalse();
            assertThat(third.connections().address()).isEqualTo(url("/3"));
        }
    }

    @Test
    void talksOverAUnixSocket() {
        try (Links socket = Links.open("redis+unix://" + server.socket() + "?db=4");
                Links port = Links.open(url("/4"))) {
            socket.put("way", "socket");

            assertThat(port.get("way")).isEqualTo("socket");
        }
    }

    @Test
    void connectsOnFirstUseOnceForAll() {
        try (Links links = Links.open(url("/0?client-name=once"))) {
            assertThat(clients("once")).isZero();

            List<CompletableFuture<Commands>> ways = List.of(
                    links.connections().leader(1),
                    links.connections().leader(2),
                    links.connections().reader(3),
                    links.connections().leader(4));
            ways.forEach(links::answer);

            assertThat(ways).containsOnly(ways.get(0));
            assertThat(clients("once")).isEqualTo(1);
            assertThat(links.answer(links.connections().leaders())).hasSize(1);
            assertThat(clients("once")).isEqualTo(1);
        }
        Await.until("the connection is gone", SOON, () -> clients("once") == 0);
    }

    @Test
    void spreadsKeysOverAsManyConnectionsAsAskedFor() {
        try (Links links = Links.open(url("/0?client-name=spread&connections=3"))) {
            for (int hash = -10; hash < 10; hash++) {
                links.answer(links.connections().leader(hash));
            }

            assertThat(clients("spread")).isEqualTo(3);
            assertThat(links.connections().leader(7))
                    .isSameAs(links.connections().leader(10));
        }
    }

    @Test
    void keepsWhatHoldsUpOnAConnectionOfItsOwn() {
        try (Links links = Links.open(url("/0?client-name=aside"))) {
            Commands leader = links.answer(links.connections().leader(0));
            Commands aside = links.answer(links.connections().aside(Links.bytes("key")));

            assertThat(aside.connection()).isNotSameAs(leader.connection());
            assertThat(clients("aside")).isEqualTo(2);
        }
    }

    @Test
    void connectsAgainAfterItsConnectionWasKilled() {
        try (Links links = Links.open(url("/0?client-name=killed"))) {
            links.put("key", "value");

            server.command("CLIENT", "KILL", "TYPE", "normal");

            Await.until("it is connected again", SOON, () -> links.get("key").equals("value"));
        }
    }

    @Test
    void connectsOnceMoreWhenTheConnectionBreaksBeforeItIsUsed() {
        AtomicInteger hellos = new AtomicInteger();
        try (FaultyWire wire = FaultyWire.to(server);
                Links links = Links.open("redis://" + wire.address())) {
            // The first one is the handshake's.
            wire.requests((packet, out) -> {
                if (new String(packet, StandardCharsets.ISO_8859_1).contains("HELLO")
                        && hellos.incrementAndGet() == 2) {
                    throw new IOException("Cut, as the test said");
                }
                out.write(packet);
            });

            assertThat(links.put("key", "value")).isEqualTo("OK");
            assertThat(hellos).hasValue(4);
            assertThat(wire.connections()).isEqualTo(2);
        }
    }

    @Test
    void sendsNothingTwice() {
        try (Links links = Links.open(url("/0"))) {
            links.lead(commands -> commands.async()
                    .del(Links.bytes("count"))
                    .thenApply(String::valueOf)
                    .toCompletableFuture());
            // Blocks the connection, so that what follows waits at the server when the connection breaks.
            Commands commands = links.answer(links.connections().leader(0));
            CompletableFuture<?> blocked =
                    commands.async().blpop(0, Links.bytes("nothing")).toCompletableFuture();
            CompletableFuture<?> counted =
                    commands.async().incr(Links.bytes("count")).toCompletableFuture();
            Await.until("it blocks", SOON, () -> server.info("blocked_clients").equals("1"));

            server.command("CLIENT", "KILL", "TYPE", "normal");

            assertThat(blocked).failsWithin(SOON);
            assertThat(counted).failsWithin(SOON);
            Await.until("it is connected again", SOON, () -> links.get("count").isEmpty());
            assertThat(server.info("blocked_clients")).isEqualTo("0");
        }
    }

    @Test
    void givesUpAConnectionThatOwesAnswersInSilence() {
        try (RedisServer hung = RedisServer.start();
                Links links = Links.open("redis://127.0.0.1:" + hung.port() + "?timeout=100ms")) {
            links.put("key", "value");
            hung.pause();

            CompletableFuture<String> answer =
                    links.connections().leader(0).thenCompose(commands -> Links.text(commands, "key"));

            assertThat(answer).failsWithin(SOON);
            hung.resume();
            Await.until("it is connected again", SOON, () -> links.get("key").equals("value"));
        }
    }

    @Test
    void findsAServerThatIsStartedLater() {
        RedisServer late = RedisServer.start();
        late.kill();
        try (late;
                Links links = Links.open("redis://127.0.0.1:" + late.port() + "?reconnect-max=50ms")) {
            assertThat(links.failure())
                    .hasMessage("Redis at 127.0.0.1:" + late.port()
                            + " refused the connection: nothing listens there. Check host and port, and that it runs")
                    .matches(BackendException::isTransient);

            late.restart();

            Await.until("it is found", SOON, () -> links.put("key", "value").equals("OK"));
        }
    }

    @Test
    void saysWhyItIsNotConnectedAnyMore() {
        RedisServer dying = RedisServer.start();
        try (dying;
                Links links = Links.open("redis://127.0.0.1:" + dying.port())) {
            links.put("key", "value");

            dying.kill();

            Await.until(
                    "it says so",
                    SOON,
                    () -> links.failure()
                            .getMessage()
                            .equals("Redis at 127.0.0.1:" + dying.port()
                                    + " refused the connection: nothing listens there. Check host and port, and that it runs "
                                    + "(it is tried again)"));
        }
    }

    @Test
    void closesTwiceAndEndsItsThreads() {
        Set<Thread> others = threads();
        Links links = Links.open(url("/0"));
        links.put("key", "value");
        assertThat(threads()).isNotEmpty().isNotEqualTo(others);

        links.close();
        links.close();

        Await.until("its threads end", SOON, () -> others.containsAll(threads()));
        assertThat(links.failure()).hasMessageEndingWith("was closed by this program. Do not use a cache after that");
    }

    @Test
    void namesItsThreadsAndLetsTheProgramEnd() {
        try (Links links = Links.open(url("/0"))) {
            links.put("key", "value");

            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().contains("redis")
                            || thread.getName().contains("lettuce")
                            || thread.getName().contains("netty"))
                    .allSatisfy(thread -> {
                        assertThat(thread.getName()).startsWith("larder-redis-");
                        assertThat(thread.isDaemon()).isTrue();
                    });
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("larder-redis-"))
                .collect(Collectors.toSet());
    }

    private static long clients(String name) {
        return String.valueOf(server.command("CLIENT", "LIST").text())
                .lines()
                .filter(line -> line.contains(" name=" + name + " "))
                .count();
    }
}
