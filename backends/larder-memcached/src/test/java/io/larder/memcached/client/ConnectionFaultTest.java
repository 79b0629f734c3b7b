package io.larder.memcached.client;

import static io.larder.memcached.client.MemcachedServerTest.await;
import static io.larder.memcached.client.MemcachedServerTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.larder.memcached.client.MemcachedException.Fate;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionFaultTest {

    private static final MetaFlags VALUE = MetaFlags.of("v");
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
        return MetaRequest.get(bytes(key), VALUE);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        Throwable thrown = catchThrowable(() -> await(future));
        assertThat(thrown).isNotNull();
        return thrown.getCause();
    }

    private static String opaque(String line) {
        return line.substring(line.lastIndexOf('O'));
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n",
                "VA 1 O99999\r\nx\r\n",
                "VA 1\r\nx\r\n",
                "VA 1 OPAQUE\r\nxx\r\n",
                "HD OPAQUE\r\n",
                "NF OPAQUE\r\n",
                "MN\r\n",
                "VA 1 OPAQUE kother\r\nx\r\n",
                "VA 999999999 OPAQUE\r\n",
                "EN OPAQUE\r\nEN OPAQUE\r\nVA 1 OPAQUE\r\nx\r\n"
            })
    void wrongRepliesEndTheConnectionAndNeverReachACaller(String reply) throws Exception {
        try (ScriptedServer scripted = new ScriptedServer((line, out) -> {
                    if (line.startsWith("mg good")) {
                        write(out, "VA 2 " + opaque(line) + "\r\nok\r\n");
                    } else {
                        write(out, reply.replace("OPAQUE", opaque(line)));
                    }
                });
                MemcachedServer server = new MemcachedServer(scripted.address(), QUICK, threads)) {
            List<CompletableFuture<MetaReply>> calls = server.callAll(List.of(get("first"), get("second")));

            Throwable first = catchThrowable(() -> await(calls.get(0)));
            Throwable second = failure(calls.get(1));

            boolean miss = reply.startsWith("EN");
            assertThat(first == null).isEqualTo(miss);
            assertThat(second)
                    .isInstanceOf(PoisonedConnectionException.class)
                    .hasMessageContaining("'mg' of key 'second' on " + scripted.address() + " failed: ");
            if (!miss) {
                assertThat(first.getCause()).isNotSameAs(second).hasMessageContaining("'first'");
            }
            assertThat(await(server.call(get("good"))).value()).isEqualTo(bytes("ok"));
            assertThat(scripted.connections()).isEqualTo(2);
        }
    }

    @Test
    void repliesCutAtAnyByteAreNoReplies() throws Exception {
        String whole = "VA 5 OPAQUE\r\nhello\r\n";
        int length = whole.replace("OPAQUE", "O0").length();
        int[] cut = {0};
        try (ScriptedServer scripted = new ScriptedServer((line, out) -> {
                    write(out, whole.replace("OPAQUE", opaque(line)).substring(0, cut[0]));
                    throw new IOException("cut");
                });
                MemcachedServer server = new MemcachedServer(scripted.address(), QUICK, threads)) {
            for (; cut[0] < length; cut[0]++) {
                assertThat(failure(server.call(get("key"))))
                        .as("cut at %d", cut[0])
                        .isInstanceOfSatisfying(
                                ConnectionLostException.class,
                                lost -> assertThat(lost.fate()).isEqualTo(Fate.UNKNOWN));
            }
            // Nothing was asked twice.
            assertThat(scripted.asked).hasSize(length);
        }
    }

    @Test
    void readsRepliesOfOneBytePerPacket() throws Exception {
        try (ScriptedServer scripted = new ScriptedServer((line, out) -> {
                    String reply = "VA 5 " + opaque(line) + "\r\nhello\r\n";
                    for (int i = 0; i < reply.length(); i++) {
                        write(out, reply.substring(i, i + 1));
                    }
                });
                MemcachedServer server = new MemcachedServer(scripted.address(), QUICK, threads)) {
            for (CompletableFuture<MetaReply> each : server.callAll(List.of(get("a"), get("b"), get("c")))) {
                assertThat(await(each).value()).isEqualTo(bytes("hello"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "VA 10 OPAQUE\r\nabc", "VA 10 "})
    void silenceEndsTheConnectionInTime(String reply) throws Exception {
        try (ScriptedServer scripted = new ScriptedServer((line, out) -> {
                    if (line.startsWith("mg slow")) {
                        write(out, reply.replace("OPAQUE", opaque(line)));
                    } else {
                        write(out, "EN " + opaque(line) + "\r\n");
                    }
                });
                MemcachedServer server = new MemcachedServer(scripted.address(), QUICK, threads)) {
            assertThat(failure(server.call(get("slow"))))
                    .isInstanceOf(NoReplyException.class)
                    .hasMessage("'mg' of key 'slow' on " + scripted.address()
                            + " failed: no reply within 300 ms; whether the server did it is not known");
            assertThat(await(server.call(get("next"))).status()).isEqualTo(ReplyStatus.EN);
        }
    }

    @Test
    void aRefusedStoreNeverLeavesItsValueBehindAsReplies() throws Exception {
        try (ScriptedServer scripted = new ScriptedServer((line, out) -> {
                    if (line.startsWith("ms")) {
                        write(out, "CLIENT_ERROR bad command line format\r\nERROR\r\n");
                    } else if (line.startsWith("mg")) {
                        write(out, "EN " + opaque(line) + "\r\n");
                    }
                });
                MemcachedServer server = new MemcachedServer(scripted.address(), QUICK, threads)) {
            List<CompletableFuture<MetaReply>> calls =
                    server.callAll(List.of(MetaRequest.set(bytes("a"), bytes("value"), MetaFlags.NONE), get("b")));

            assertThat(failure(calls.get(0))).isInstanceOf(ServerErrorException.class);
            assertThat(failure(calls.get(1))).isInstanceOf(PoisonedConnectionException.class);
            assertThat(await(server.call(get("c"))).status()).isEqualTo(ReplyStatus.EN);
        }
    }

    @Test
    void refusesMoreCallsThanItsLimit() throws Exception {
        ClientSettings few = QUICK.withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(20))
                .withLimits(10, 1 << 20, 1 << 20, 1);
        CountDownLatch answer = new CountDownLatch(1);
        try (ScriptedServer scripted = new ScriptedServer((line, out) -> {
                    try {
                        answer.await();
                    } catch (InterruptedException stopped) {
                        throw new IOException(stopped);
                    }
                    write(out, "EN " + opaque(line) + "\r\n");
                });
                MemcachedServer server = new MemcachedServer(scripted.address(), few, threads)) {
            List<CompletableFuture<MetaReply>> calls = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                calls.add(server.call(get("key" + i)));
            }
            CompletableFuture<MetaReply> refused = calls.get(29);

            assertThat(failure(refused))
                    .isInstanceOf(TooManyCallsException.class)
                    .hasMessageContaining("10 calls");
            answer.countDown();
            assertThat(calls.stream().filter(call -> !call.isCompletedExceptionally()))
                    .hasSizeLessThanOrEqualTo(10);
        }
    }

    @Test
    void callsThatNobodyWaitsForAreNotSent() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        ClientSettings oneWrite = QUICK.withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(20))
                .withLimits(100, 1 << 20, 1 << 20, 1);
        try (ScriptedServer scripted = new ScriptedServer((line, out) -> {
                    try {
                        answer.await();
                    } catch (InterruptedException stopped) {
                        throw new IOException(stopped);
                    }
                    write(out, "EN " + opaque(line) + "\r\n");
                });
                MemcachedServer server = new MemcachedServer(scripted.address(), oneWrite, threads)) {
            CompletableFuture<MetaReply> first = server.call(get("first"));
            while (scripted.asked.isEmpty()) {
                Thread.onSpinWait();
            }
            CompletableFuture<MetaReply> second = server.call(get("second"));
            CompletableFuture<MetaReply> third = server.call(get("third"));

            second.cancel(false);
            answer.countDown();

            assertThat(await(first).status()).isEqualTo(ReplyStatus.EN);
            assertThat(await(third).status()).isEqualTo(ReplyStatus.EN);
            assertThatThrownBy(() -> await(second)).isInstanceOf(CancellationException.class);
            assertThat(scripted.asked).noneMatch(line -> line.contains("second"));
        }
    }

    @Test
    void anInterruptedCallerDoesNotHarmTheConnection() throws Exception {
        try (MemcachedProcess process = MemcachedProcess.tcp();
                MemcachedServer server = new MemcachedServer(process.address(), QUICK, threads)) {
            long before = await(server.call(MetaRequest.noop())).incarnation();

            // It writes to the socket itself, and closes what an interrupt would close.
            Thread.currentThread().interrupt();
            CompletableFuture<MetaReply> call = server.call(get("a"));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(await(call).incarnation()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.6.9", "1.5.22", "1.4.5-beta"})
    void refusesServersWithoutAStableMetaProtocol(String version) throws Exception {
        try (ScriptedServer scripted = new ScriptedServer((line, out) -> {});
                MemcachedServer server = new MemcachedServer(scripted.address(), QUICK, threads)) {
            scripted.version = version;

            assertThat(failure(server.call(get("a"))))
                    .hasMessageContaining(
                            "the server is memcached " + version + ", and the meta protocol needs 1.6.10 or later");
        }
    }

    @Test
    void closingFailsThoseWhoWaitForAConnectionAtOnce() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ClientSettings patient = QUICK.withTimeouts(Duration.ofMinutes(10), Duration.ofMinutes(10));
            MemcachedServer server =
                    new MemcachedServer(ServerAddress.tcp("127.0.0.1", silent.getLocalPort()), patient, threads);
            CompletableFuture<MetaReply> waiting = server.call(get("a"));

            server.close();

            assertThat(failure(waiting))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("the client was closed");
        }
    }

    @Test
    void closingFailsWhatIsUnderWayAndWhatComesLater() throws Exception {
        try (ScriptedServer scripted = new ScriptedServer((line, out) -> {})) {
            MemcachedServer server = new MemcachedServer(scripted.address(), QUICK, threads);
            CompletableFuture<MetaReply> underWay = server.call(get("a"));
            while (scripted.asked.isEmpty()) {
                Thread.onSpinWait();
            }

            server.close();

            assertThat(failure(underWay)).hasMessageContaining("the client was closed");
            assertThat(failure(server.call(get("b")))).hasMessageContaining("the client was closed");
        }
    }
}
