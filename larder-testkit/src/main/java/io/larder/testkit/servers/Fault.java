package io.larder.testkit.servers;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What happens to bytes on a {@link FaultyWire}. A test may write its own, for instance one that changes some bytes.
 *
 * <p>Thread-safe: all connections of a wire share it.
 */
@FunctionalInterface
public interface Fault {

    /**
     * Passes on a packet, or does not.
     *
     * @param packet what was read at once, often a whole answer, but nobody promises that
     * @param out to where it was going; what is not written there is lost
     * @throws IOException to cut the connection
     */
    void pass(byte[] packet, OutputStream out) throws IOException;

    /** Passes everything on. */
    static Fault none() {
        return (packet, out) -> out.write(packet);
    }

    /** Passes {@code bytes} on, over all connections together, and then cuts each connection that has more; at once if 0. */
    static Fault cutAfter(int bytes) {
        AtomicInteger left = new AtomicInteger(bytes);
        return (packet, out) -> {
            passUpTo(left, packet, out);
            if (left.get() == 0) {
                throw new IOException("Cut after " + bytes + " bytes, as the test said");
            }
        };
    }

    /** Passes {@code bytes} on, over all connections together, and swallows what follows; connections stay open. */
    static Fault stallAfter(int bytes) {
        AtomicInteger left = new AtomicInteger(bytes);
        return (packet, out) -> passUpTo(left, packet, out);
    }

    /** Passes each byte on in a packet of its own. */
    static Fault bytePerPacket() {
        return (packet, out) -> {
            for (byte each : packet) {
                out.write(each);
                out.flush();
            }
        };
    }

    /** Passes {@code other} on in place of every packet. */
    static Fault replacedBy(byte[] other) {
        byte[] copy = other.clone();
        return (packet, out) -> out.write(copy);
    }

    /** Holds everything back until {@code told} is done, but a minute at most. */
    static Fault heldUntil(Future<?> told) {
        return (packet, out) -> {
            try {
                told.get(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("The wire was closed");
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException("Nobody told the wire to go on", e);
            }
            out.write(packet);
        };
    }

    private static void passUpTo(AtomicInteger left, byte[] packet, OutputStream out) throws IOException {
        int before = left.getAndUpdate(now -> Math.max(0, now - packet.length));
        out.write(packet, 0, Math.min(before, packet.length));
    }
}
