package io.larder.memcached.client;

import static io.larder.memcached.client.MemcachedServerTest.await;
import static io.larder.memcached.client.MemcachedServerTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.larder.memcached.client.MemcachedException.Fate;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Servers that are gone, or silent, and who waits for a connection to them. */
class ReconnectFaultTest {

    private static final ClientSettings QUICK = ClientSettings.DEFAULT
            .withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(300))
            .withBackoff(Duration.ofMillis(20), Duration.ofMillis(100));

    private static IoThreads threads;

    @BeforeAll
    static void start() {
        threads = IoThreads.start("memcached-io", 1);
    }

    @AfterAll
    static void stop() {
        threads.close();
    }

    private static MetaRequest get(String key) {
        return MetaRequest.get(bytes(key), MetaFlags.of("v"));
    }

    private static Throwable failure(CompletableFuture<?> future) {
        Throwable thrown = catchThrowable(() -> await(future));
        assertThat(thrown).isNotNull();
        return thrown.getCause();
    }

    /** Asks until somebody is there again. */
    static MetaReply untilAnswered(MemcachedServer server) throws Exception {
        for (int i = 0; i < 2_000; i++) {
            try {
                return await(server.call(MetaRequest.noop()));
            } catch (ExecutionException refused) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }
        throw new AssertionError("no answer");
    }

    @Test
    void killedServerFailsWhatIsUnderWayAndIsFoundAgain() throws Exception {
        try (MemcachedProcess process = MemcachedProcess.tcp();
                MemcachedServer server = new MemcachedServer(process.address(), QUICK, threads)) {
            await(server.call(MetaRequest.noop()));
            process.freeze();
            CompletableFuture<MetaReply> underWay = server.call(get("a"));
            process.kill();

            assertThat(failure(underWay)).isInstanceOf(MemcachedException.class);
            assertThat(failure(server.call(get("b"))))
                    .isInstanceOfSatisfying(
                            UnreachableException.class,
                            unreachable -> assertThat(unreachable.fate()).isEqualTo(Fate.NOT_DONE))
                    .hasMessageContaining("'mg' of key 'b' on " + process.address());
            assertThat(server.isUnreachable()).isTrue();

            process.start();
            assertThat(untilAnswered(server).status()).isEqualTo(ReplyStatus.MN);
            assertThat(server.isUnreachable()).isFalse();
        }
    }

    @Test
    void nobodyWaitsForAllOfTheAttemptAfterOneThatFailed() throws Exception {
        // Accepts, and says nothing.
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            ClientSettings settings = QUICK.withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(5));
            ServerAddress address = ServerAddress.tcp("127.0.0.1", silent.getLocalPort());
            try (MemcachedServer server = new MemcachedServer(address, settings, threads)) {
                Throwable first = failure(server.call(get("a")));
                assertThat(first).hasMessageContaining("no greeting within 1000 ms");
                CompletableFuture<MetaReply> waits = server.call(get("a"));
                while (waits.isDone()) {
                    waits = server.call(get("a"));
                }

                // Not by the end of the attempt, which fails for a reason of its own.
                assertThat(failure(waits).getCause()).isSameAs(first.getCause());
                assertThat(server.call(get("b"))).isDone();
            }
        }
    }

    @Test
    void allWaitForTheAttemptAfterOneThatFailedOrASilenceThatIsOver() throws Exception {
        ClientSettings patient = QUICK.withTimeouts(Duration.ofMinutes(20), Duration.ofMillis(300));
        AtomicLong later = new AtomicLong();
        try (MemcachedProcess process = MemcachedProcess.tcp();
                MemcachedServer server = new MemcachedServer(
                        process.address(), patient, threads, () -> System.nanoTime() + later.get())) {
            process.kill();
            assertThat(failure(server.call(get("a")))).isInstanceOf(UnreachableException.class);
            process.start();
            later.addAndGet(patient.backoffMax().toNanos());
            assertMisses(server);

            process.freeze();
            assertThat(failure(server.call(get("a")))).isInstanceOf(NoReplyException.class);
            process.thaw();
            assertMisses(server);
        }
    }

    private static void assertMisses(MemcachedServer server) throws Exception {
        for (CompletableFuture<MetaReply> each :
                List.of(server.call(get("a")), server.call(get("b")), server.call(get("c")))) {
            assertThat(await(each).status()).isEqualTo(ReplyStatus.EN);
        }
    }

    @Test
    void frozenServerFailsInTimeAndIsUsableAfterwards() throws Exception {
        try (MemcachedProcess process = MemcachedProcess.tcp();
                MemcachedServer server = new MemcachedServer(process.address(), QUICK, threads)) {
            await(server.call(MetaRequest.noop()));
            process.freeze();
            List<CompletableFuture<MetaReply>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                calls.add(server.call(get("key" + i)));
            }

            for (CompletableFuture<MetaReply> each : calls) {
                assertThat(failure(each)).isInstanceOf(NoReplyException.class);
            }
            assertThat(server.isUnreachable()).isTrue();
            // Of a server that did not refuse a connection, nobody may think that it is gone.
            assertThat(failure(server.call(get("next"))))
                    .isInstanceOf(NoReplyException.class)
                    .hasMessageEndingWith("no reply within 300 ms; it had not been sent");

            process.thaw();
            assertThat(untilAnswered(server).status()).isEqualTo(ReplyStatus.MN);
        }
    }

    @Test
    void pausesGrowUpToTheirLimit() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

        assertThat(backoff.millis(1)).isBetween(50L, 100L);
        assertThat(backoff.millis(3)).isBetween(200L, 400L);
        assertThat(backoff.millis(1_000_000)).isBetween(500L, 1000L);
    }
}
