package io.larder.bench.tiers;

import io.larder.testkit.servers.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A wire on which Redis's answers are on their way for a while, but not what it tells by itself: so an old value arrives after
 * the news that it is old. A connection that does both keeps its order.
 */
final class SlowAnswers implements Fault {

    static final Duration DELAY = Duration.ofMillis(100);

    /** How what was not asked for begins: in RESP3, and on a connection of RESP2 that has subscribed. */
    private static final List<byte[]> TOLD =
            List.of(bytes(">"), bytes("*3\r\n$7\r\nmessage"), bytes("*4\r\n$8\r\npmessage"));

    @Override
    public void pass(byte[] packet, OutputStream out) throws IOException {
        if (TOLD.stream().noneMatch(beginning -> begins(packet, beginning))) {
            LockSupport.parkNanos(DELAY.toNanos());
        }
        out.write(packet);
    }

    private static boolean begins(byte[] packet, byte[] beginning) {
        return packet.length >= beginning.length
                && Arrays.equals(packet, 0, beginning.length, beginning, 0, beginning.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
