package io.larder.redis;

import io.larder.BackendException;
import io.larder.Clock;
import io.larder.codec.Frame;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the entries of one cache become what the server keeps, and back. Immutable. */
record Framing(String codec, Clock clock, RedisConfig config) {

    /** The longest time for which a server is told to keep something; beyond it, for ever. */
    private static final long KEEP_MILLIS_MAX = 1L << 50;

    /** Returns the bytes of an entry, or fails with a {@link BackendException} when there are too many. */
    byte[] bytes(String key, Entry<byte[]> entry) {
        byte[] value = entry.value();
        requireSize(
                key, "its value has", value == null ? 0 : value.length, "'max-value' allows", config.maxValueBytes());
        byte[] frame = Frame.encode(null, codec, entry);
        // Beyond its own limit, a server closes the connection, and with it what others are waiting for.
        requireSize(key, "with its tags it takes", frame.length, "Redis keeps", RedisConfig.VALUE_BYTES_MAX);
        return frame;
    }

    private static void requireSize(String key, String what, long sizeBytes, String limit, long sizeBytesMax) {
        if (sizeBytes > sizeBytesMax) {
            throw BackendException.lasting(
                    "Cannot store key '" + shortened(key) + "': " + what + " " + sizeBytes + " bytes, and " + limit
                            + " " + sizeBytesMax + ". Raise the limit, or split the value",
                    null);
        }
    }

    /** Returns the entry that is kept in what a server answered, fresh, stale or damaged, or null. */
    @Nullable
    Entry<byte[]> entry(byte @Nullable [] bytes) {
        byte[] frame = frame(bytes);
        Entry<byte[]> entry = frame == null ? null : decoded(frame);
        return entry instanceof DamagedEntry || (entry != null && entry.isKept(clock)) ? entry : null;
    }

    /** Returns the tags of what is in {@code bytes}, kept or not. */
    Set<String> tags(byte @Nullable [] bytes) {
        byte[] frame = frame(bytes);
        return frame == null ? Set.of() : decoded(frame).tags();
    }

    private static byte @Nullable [] frame(byte @Nullable [] bytes) {
        return bytes != null && Hole.isIn(bytes) ? Hole.in(bytes).before() : bytes;
    }

    /** Returns what {@code frame} holds, though its time may be over. */
    Entry<byte[]> decoded(byte[] frame) {
        return Frame.decode(frame, codec, null);
    }

    /** Returns how long the server keeps an entry: 0 for not at all, negative for ever. */
    long keepMillis(Lifetime lifetime) {
        long now = clock.millis();
        if (lifetime.isOver(now)) {
            return 0;
        }
        long leftMillis = lifetime.keepUntilMillis() - now;
        return leftMillis < 0 || leftMillis > KEEP_MILLIS_MAX
                ? -1
                : leftMillis + config.clockSkew().toMillis();
    }

    /** Returns a key as a message shows it. */
    static String shortened(String key) {
        return key.length() <= 80 ? key : key.substring(0, 80) + "…";
    }
}
