package io.larder.memcached.client;

import static io.larder.memcached.client.MemcachedServerTest.await;
import static io.larder.memcached.client.MemcachedServerTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.Fault;
import io.larder.testkit.servers.FaultyWire;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real server behind a wire that breaks: no call gets another's value, and the next connection works. */
class WireFaultTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    private static final MetaFlags VALUE = MetaFlags.of("v");
    private static final ClientSettings QUICK = ClientSettings.DEFAULT
            .withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(300))
            .withBackoff(Duration.ofMillis(1), Duration.ofMillis(20));
    /** VA 5 O1 and two ends of line around the value; the number in it may be longer. */
    private static final int REPLY_BYTES_MIN = 16;

    private static IoThreads threads;
    private static MemcachedProcess process;

    private FaultyWire wire;
    private MemcachedServer client;

    @BeforeAll
    static void start() {
        threads = IoThreads.start("memcached-io", 1);
        process = MemcachedProcess.tcp();
        for (String key : new String[] {"a", "b"}) {
            process.server().ask("set " + key + " 0 0 5\r\n" + key.repeat(5));
        }
    }

    @AfterAll
    static void stop() {
        threads.close();
        process.close();
    }

    @BeforeEach
    void connect() throws Exception {
        wire = FaultyWire.to(process.server());
        client = new MemcachedServer(ServerAddress.tcp("127.0.0.1", wire.port()), QUICK, threads);
        assertThat(value("a")).isEqualTo(bytes("aaaaa"));
    }

    @AfterEach
    void close() {
        client.close();
        wire.close();
    }

    @Test
    void repliesThatAreCutAnywhereAreNoValues() {
        for (int bytes = 0; bytes < REPLY_BYTES_MIN; bytes++) {
            wire.answers(Fault.cutAfter(bytes));

            assertThat(failure("a"))
                    .as("cut after %d bytes", bytes)
                    // On a busy machine the time may be up before the cut is seen.
                    .isInstanceOfAny(ConnectionLostException.class, NoReplyException.class);

            assertWorksWhenHealed();
        }
    }

    @Test
    void repliesThatStallAnywhereAreGivenUpInTime() {
        for (int bytes : new int[] {0, 1, 4, REPLY_BYTES_MIN - 1}) {
            wire.answers(Fault.stallAfter(bytes));

            assertThat(failure("a")).as("stalled after %d bytes", bytes).isInstanceOf(NoReplyException.class);

            assertWorksWhenHealed();
        }
    }

    @Test
    void requestsThatNeverArriveAreGivenUpInTime() {
        wire.requests(Fault.stallAfter(0));

        assertThat(failure("a")).isInstanceOf(NoReplyException.class);

        assertWorksWhenHealed();
    }

    @Test
    void garbageIsNoReply() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            byte[] garbage = new byte[1 + random.nextInt(100)];
            random.nextBytes(garbage);
            wire.answers(Fault.replacedBy(garbage));

            assertThat(failure("a")).as("seed %d, round %d", seed, i).isInstanceOf(MemcachedException.class);

            assertWorksWhenHealed();
        }
    }

    @Test
    void lateRepliesReachNobody() throws Exception {
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        wire.answers(Fault.heldUntil(told));
        assertThat(failure("a")).isInstanceOf(NoReplyException.class);

        told.complete(true);

        assertWorksWhenHealed();
        assertThat(value("b")).isEqualTo(bytes("bbbbb"));
    }

    @Test
    void bytesMayComeOneByOne() throws Exception {
        wire.answers(Fault.bytePerPacket());
        wire.requests(Fault.bytePerPacket());
        byte[] large = bytes("x".repeat(20_000));
        ClientSettings patient = QUICK.withTimeouts(WAIT_MAX, WAIT_MAX);
        try (MemcachedServer slow =
                new MemcachedServer(ServerAddress.tcp("127.0.0.1", wire.port()), patient, threads)) {
            assertThat(await(slow.call(MetaRequest.set(bytes("large"), large, MetaFlags.NONE)))
                            .done())
                    .isTrue();
            assertThat(await(slow.call(MetaRequest.get(bytes("large"), VALUE))).value())
                    .isEqualTo(large);
        }
    }

    @Test
    void serverThatRefusesIsFoundAgain() {
        wire.refuse();

        assertThat(failure("a")).isInstanceOf(MemcachedException.class);
        assertThatThrownBy(() -> value("a")).hasMessageContaining("'mg' of key 'a' on 127.0.0.1:" + wire.port());

        assertWorksWhenHealed();
    }

    private void assertWorksWhenHealed() {
        wire.heal();
        Await.until("the client has its connection again", WAIT_MAX, () -> {
            assertThat(value("b")).isEqualTo(bytes("bbbbb"));
            return true;
        });
    }

    private Throwable failure(String key) {
        Throwable thrown = catchThrowable(() -> value(key));
        assertThat(thrown).isInstanceOf(ExecutionException.class);
        return thrown.getCause();
    }

    private byte[] value(String key) throws Exception {
        return await(client.call(MetaRequest.get(bytes(key), VALUE))).value();
    }
}
