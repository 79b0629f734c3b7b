package io.larder.codec;

import io.larder.CodecException;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An entry as backends of bytes store it: a header with deadlines, tags and the codec's name, then the value. Thread-safe.
 *
 * <p>docs/frame.md has the layout, golden files pin it. What a server changes where it lies is left out of the checksum: the two
 * deadlines, and the value of a counter.
 */
public final class Frame {

    /**
     * Where the deadlines stand, fresh-until before keep-until: two signed 64-bit integers, the most significant byte first, which a server
     * may overwrite.
     */
    public static final int DEADLINES_AT = 4;

    static final short MAGIC = (short) 0x9C4C;
    static final int VERSION_AT = 2;
    static final byte VERSION = 1;
    static final int FLAGS_AT = 3;
    static final int CREATED_AT = 20;
    static final int PAYLOAD_OFFSET_AT = 28;
    static final int CHECKSUM_AT = 32;
    static final int NAMES_AT = 36;

    static final int NOTHING = 1;
    static final int KEY = 2;
    static final int TAGGED = 4;
    static final int COUNTER = 8;
    static final int LOADED = 16;

    /** What some virtual machines keep for themselves of an array's 2^31 - 1 places. */
    private static final int SIZE_BYTES_MAX = Integer.MAX_VALUE - 8;

    private static final byte[] NONE = {};

    private Frame() {}

    /**
     * Returns {@code entry} in a frame; the same entry always gives the same bytes.
     *
     * @param echoedKey the entry's key, for a backend whose own keys do not tell it, such as hashes; else null
     * @param codec the name of the codec that wrote the value, {@link io.larder.spi.CacheSpec#codec}
     */
    public static byte[] encode(@Nullable String echoedKey, String codec, Entry<byte[]> entry) {
        byte[] codecBytes = KeyBytes.encode(codec);
        byte[] key = echoedKey == null ? NONE : KeyBytes.encode(echoedKey);
        byte[][] tags = sorted(entry.tags());
        byte[] value = entry.value();
        byte[] payload = value == null ? NONE : value;
        int flags = (value == null ? NOTHING : 0)
                | (echoedKey == null ? 0 : KEY)
                | (tags.length == 0 ? 0 : TAGGED)
                | (DecimalCodec.isCanonical(payload, 0) ? COUNTER : 0)
                | (entry.loadMillis() == 0 ? 0 : LOADED);

        long payloadAt = NAMES_AT
                + sizeWithLength(codecBytes)
                + (echoedKey == null ? 0 : sizeWithLength(key))
                + (tags.length == 0 ? 0 : VarInt.size(tags.length))
                + (entry.loadMillis() == 0 ? 0 : VarInt.size(entry.loadMillis()));
        for (byte[] tag : tags) {
            payloadAt += sizeWithLength(tag);
        }
        byte[] frame = new byte[size(payloadAt + payload.length)];
        ByteBuffer out = ByteBuffer.wrap(frame);
        Lifetime lifetime = entry.lifetime();
        out.putShort(MAGIC).put(VERSION).put((byte) flags);
        out.putLong(lifetime.freshUntilMillis()).putLong(lifetime.keepUntilMillis());
        out.putLong(lifetime.createdMillis()).putInt((int) payloadAt).putInt(0);
        writeWithLength(out, codecBytes);
        if (echoedKey != null) {
            writeWithLength(out, key);
        }
        if (tags.length > 0) {
            VarInt.write(out, tags.length);
            for (byte[] tag : tags) {
                writeWithLength(out, tag);
            }
        }
        if (entry.loadMillis() != 0) {
            VarInt.write(out, entry.loadMillis());
        }
        out.put(payload);
        out.putInt(CHECKSUM_AT, checksum(frame, 0, (flags & COUNTER) == 0 ? frame.length : (int) payloadAt));
        return frame;
    }

    /**
     * Returns the entry in {@code frame}, or a {@link DamagedEntry} that says why there is none; never fails.
     *
     * @param codec the name of the codec that is going to read the value
     * @param expectedKey compared with the key that the frame echoes, if it does; null when it is not known
     */
    public static Entry<byte[]> decode(byte[] frame, String codec, @Nullable String expectedKey) {
        return decode(frame, 0, codec, expectedKey);
    }

    /** As {@link #decode(byte[], String, String)}, for a frame that is the rest of {@code bytes} from an index on. */
    public static Entry<byte[]> decode(byte[] bytes, int from, String codec, @Nullable String expectedKey) {
        try {
            return new FrameReader(bytes, from).entry(codec, expectedKey);
        } catch (CodecException why) {
            return new DamagedEntry(why);
        }
    }

    /** Returns the key that {@code frame} echoes, or null when it echoes none or is damaged. */
    public static @Nullable String key(byte[] frame) {
        try {
            return new FrameReader(frame, 0).key();
        } catch (CodecException damaged) {
            return null;
        }
    }

    /** Returns the checksum of a frame that begins at {@code from}, up to the place {@code end} in it. */
    static int checksum(byte[] bytes, int from, int end) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from + VERSION_AT, DEADLINES_AT - VERSION_AT);
        crc.update(bytes, from + CREATED_AT, CHECKSUM_AT - CREATED_AT);
        crc.update(bytes, from + NAMES_AT, end - NAMES_AT);
        return (int) crc.getValue();
    }

    private static byte[][] sorted(Set<String> tags) {
        byte[][] sorted = new byte[tags.size()][];
        int count = 0;
        for (String tag : tags) {
            sorted[count++] = KeyBytes.encode(tag);
        }
        Arrays.sort(sorted, Arrays::compareUnsigned);
        return sorted;
    }

    private static long sizeWithLength(byte[] part) {
        return (long) VarInt.size(part.length) + part.length;
    }

    private static void writeWithLength(ByteBuffer out, byte[] part) {
        VarInt.write(out, part.length);
        out.put(part);
    }

    private static int size(long sizeBytes) {
        if (sizeBytes > SIZE_BYTES_MAX) {
            throw new CodecException(
                    "Cannot write a frame of " + sizeBytes + " bytes, the most are " + SIZE_BYTES_MAX
                            + ". Store the value in parts",
                    null);
        }
        return (int) sizeBytes;
    }
}
