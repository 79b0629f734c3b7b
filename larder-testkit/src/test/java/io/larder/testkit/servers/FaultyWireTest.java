package io.larder.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over a Redis server, which is always there; to the wire, every protocol is bytes. */
class FaultyWireTest {

    private static final int ANSWER_MILLIS_MAX = 20_000;
    private static final int SILENCE_MILLIS = 100;
    private static final String PONG = "+PONG\r\n";

    @AutoClose
    private static RedisServer server;

    private FaultyWire wire;
    private Socket client;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @BeforeEach
    void connect() throws IOException {
        wire = FaultyWire.to(server);
        client = Loopback.connect(wire.port(), null, ANSWER_MILLIS_MAX);
        assertThat(ping()).isEqualTo(PONG);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        wire.close();
    }

    @Test
    void passesEverythingOnWithoutAFault() throws IOException {
        String large = "$1000000\r\n" + "x".repeat(1_000_000) + "\r\n";

        send("*2\r\n$4\r\nECHO\r\n" + large);

        assertThat(receive(large.length()).equals(large)).isTrue();
        assertThat(wire.connections()).isEqualTo(1);
    }

    @Test
    void cutsAfterSoManyBytes() throws IOException {
        wire.answers(Fault.cutAfter(3));

        assertThat(ping()).isEqualTo("+PO");
        assertThat(client.getInputStream().read()).isNegative();

        wire.heal();
        reconnect();

        assertThat(ping()).isEqualTo(PONG);
        assertThat(wire.connections()).isEqualTo(2);
    }

    @Test
    void cutsAtOnceAfterNoByte() throws IOException {
        wire.answers(Fault.cutAfter(0));

        assertThat(ping()).isEmpty();
    }

    @Test
    void stallsAndKeepsTheConnection() throws IOException {
        wire.answers(Fault.stallAfter(3));
        client.setSoTimeout(SILENCE_MILLIS);
        send("PING\r\n");

        assertThat(receive(3)).isEqualTo("+PO");
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

        wire.heal();
        client.setSoTimeout(ANSWER_MILLIS_MAX);

        assertThat(ping()).isEqualTo(PONG);
    }

    @Test
    void losesWhatTheServerNeverHears() throws IOException {
        wire.requests(Fault.stallAfter(0));
        client.setSoTimeout(SILENCE_MILLIS);

        assertThatThrownBy(this::ping).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void passesBytesOnOneByOne() throws IOException {
        wire.answers(Fault.bytePerPacket());
        wire.requests(Fault.bytePerPacket());

        assertThat(ping()).isEqualTo(PONG);
    }

    @Test
    void putsGarbageInPlaceOfAnswers() throws IOException {
        wire.answers(Fault.replacedBy("$999999".getBytes(StandardCharsets.US_ASCII)));

        assertThat(ping()).isEqualTo("$999999");
    }

    @Test
    void holdsAnswersUntilItIsTold() throws Exception {
        CompletableFuture<String> held = new CompletableFuture<>();
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        Fault hold = Fault.heldUntil(told);
        wire.answers((packet, out) -> {
            held.complete(new String(packet, StandardCharsets.US_ASCII));
            hold.pass(packet, out);
        });
        send("PING\r\n");

        assertThat(held.get(ANSWER_MILLIS_MAX, TimeUnit.MILLISECONDS)).isEqualTo(PONG);
        assertThat(client.getInputStream().available()).isZero();

        told.complete(true);

        assertThat(receive(PONG.length())).isEqualTo(PONG);
    }

    @Test
    void closesWhileItHoldsAnswers() throws IOException {
        wire.answers(Fault.heldUntil(new CompletableFuture<>()));
        send("PING\r\n");

        wire.close();

        assertThat(client.getInputStream().read()).isNegative();
    }

    @Test
    void refusesUntilItIsHealed() throws IOException {
        wire.refuse();

        assertThat(client.getInputStream().read()).isNegative();
        assertThatThrownBy(this::reconnect).isInstanceOf(ConnectException.class);

        wire.heal();
        reconnect();

        assertThat(ping()).isEqualTo(PONG);
    }

    @Test
    void cutsConnectionsAndLetsNewOnesIn() throws IOException {
        wire.cut();

        assertThat(client.getInputStream().read()).isNegative();
        reconnect();
        assertThat(ping()).isEqualTo(PONG);
    }

    @Test
    void endsConnectionsAsTheServerDoes() throws IOException {
        try (RedisServer mortal = RedisServer.start();
                FaultyWire other = FaultyWire.to(mortal);
                Socket open = Loopback.connect(other.port(), null, ANSWER_MILLIS_MAX)) {
            mortal.kill();

            assertThat(open.getInputStream().read()).isNegative();
            try (Socket late = Loopback.connect(other.port(), null, ANSWER_MILLIS_MAX)) {
                assertThat(late.getInputStream().read()).isNegative();
            }
        }
    }

    private void reconnect() throws IOException {
        client.close();
        client = Loopback.connect(wire.port(), null, ANSWER_MILLIS_MAX);
    }

    private String ping() throws IOException {
        send("PING\r\n");
        return receive(PONG.length());
    }

    private void send(String request) throws IOException {
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    private String receive(int bytes) throws IOException {
        return new String(client.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
    }
}
