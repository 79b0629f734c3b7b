package io.larder.bench.tiers;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What callers did, and in what time; of one caller or of several together. Confined to one thread.
 *
 * <p>Travels as a line: calls a second, then both histograms as they encode themselves.
 */
final class TierLap {

    private static final int DIGITS = 3;

    private final Histogram readNanos;
    private final Histogram staleNanos;
    private double callsPerSecond;

    TierLap() {
        this(new Histogram(DIGITS), new Histogram(DIGITS), 0);
    }

    private TierLap(Histogram readNanos, Histogram staleNanos, double callsPerSecond) {
        this.readNanos = readNanos;
        this.staleNanos = staleNanos;
        this.callsPerSecond = callsPerSecond;
    }

    /** What each read took. */
    Histogram readNanos() {
        return readNanos;
    }

    /** For each stale read, how long it had been wrong. */
    Histogram staleNanos() {
        return staleNanos;
    }

    /** Of all callers, reads and writes. */
    double callsPerSecond() {
        return callsPerSecond;
    }

    /** Says that this caller is done. */
    void end(long calls, long nanos) {
        callsPerSecond = calls * 1e9 / nanos;
    }

    /** Adds those of other callers. */
    void add(TierLap more) {
        readNanos.add(more.readNanos);
        staleNanos.add(more.staleNanos);
        callsPerSecond += more.callsPerSecond;
    }

    String text() {
        return callsPerSecond + " " + text(readNanos) + " " + text(staleNanos);
    }

    static TierLap parse(String line) {
        String[] words = line.split(" ", -1);
        return new TierLap(histogram(words[1]), histogram(words[2]), Double.parseDouble(words[0]));
    }

    static String text(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    static Histogram histogram(String word) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(word)), 0);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("No histogram: '" + word + "'", e);
        }
    }
}
