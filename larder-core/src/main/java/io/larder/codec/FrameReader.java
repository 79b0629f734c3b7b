package io.larder.codec;

import io.larder.CodecException;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one {@link Frame}, failing with a {@link CodecException} where it is damaged. Confined to one thread, for one call.
 *
 * <p>Trusts no length: the checksum keeps accidents out, but anybody may compute one.
 */
final class FrameReader {

    private static final int FLAGS_KNOWN = Frame.NOTHING | Frame.KEY | Frame.TAGGED | Frame.COUNTER | Frame.LOADED;
    private static final int NAME_SHOWN_MAX = 80;

    private final byte[] bytes;
    /** Where the frame begins in them; it ends where they end. */
    private final int from;
    /** The frame, from the codec's name to the value. */
    private final ByteBuffer in;

    FrameReader(byte[] bytes, int from) {
        this.bytes = bytes;
        this.from = from;
        this.in = ByteBuffer.wrap(bytes, from, bytes.length - from).slice();
        requireVersion();
        int payloadAt = requirePayload();
        requireFlags(payloadAt);
        in.position(Frame.NAMES_AT).limit(payloadAt);
    }

    Entry<byte[]> entry(String codec, @Nullable String expectedKey) {
        requireCodec(codec);
        requireKey(expectedKey);
        Set<String> tags = tags();
        int loadMillis = loadMillis();
        int payloadAt = in.limit();
        byte[] value = has(Frame.NOTHING) ? null : Arrays.copyOfRange(bytes, from + payloadAt, bytes.length);
        Entry<byte[]> entry = new Entry<>(value, lifetime(), tags);
        return loadMillis == 0 ? entry : entry.withLoadMillis(loadMillis);
    }

    @Nullable
    String key() {
        skip(length());
        return has(Frame.KEY) ? text(length()) : null;
    }

    private void requireVersion() {
        if (in.capacity() < Frame.VERSION_AT || in.getShort(0) != Frame.MAGIC) {
            throw new CodecException(
                    "The " + in.capacity()
                            + " bytes are no frame, so that another program wrote them. Give the cache a namespace of its own",
                    null);
        }
        if (in.capacity() > Frame.VERSION_AT && in.get(Frame.VERSION_AT) != Frame.VERSION) {
            throw new CodecException(
                    "The frame is of version " + in.get(Frame.VERSION_AT) + ", this Larder reads version "
                            + Frame.VERSION + ". Give the cache another version while both write",
                    null);
        }
    }

    private int requirePayload() {
        if (in.capacity() < Frame.NAMES_AT) {
            throw damaged("its header alone takes " + Frame.NAMES_AT);
        }
        int payloadAt = in.getInt(Frame.PAYLOAD_OFFSET_AT);
        if (payloadAt < Frame.NAMES_AT || payloadAt > in.capacity()) {
            throw damaged("its value would begin at " + payloadAt);
        }
        int checkedUntil = has(Frame.COUNTER) ? payloadAt : in.capacity();
        if (in.getInt(Frame.CHECKSUM_AT) != Frame.checksum(bytes, from, checkedUntil)) {
            throw damaged("its checksum is wrong");
        }
        return payloadAt;
    }

    private void requireFlags(int payloadAt) {
        boolean known = (in.get(Frame.FLAGS_AT) & ~FLAGS_KNOWN) == 0;
        boolean emptyIfNothing = !has(Frame.NOTHING) || payloadAt == in.capacity();
        boolean decimalIfCounter = !has(Frame.COUNTER) || DecimalCodec.isCanonical(bytes, from + payloadAt);
        if (!known || !emptyIfNothing || !decimalIfCounter) {
            throw damaged("its flags " + in.get(Frame.FLAGS_AT) + " do not fit its value");
        }
    }

    private void requireCodec(String codec) {
        int length = length();
        if (!isNext(codec, length)) {
            throw new CodecException(
                    "The value was written by " + named(text(length)) + ", but is read by " + named(codec)
                            + ". Name the same codec everywhere, or give the cache another version",
                    null);
        }
        skip(length);
    }

    private void requireKey(@Nullable String expected) {
        if (has(Frame.KEY)) {
            int length = length();
            if (expected != null && !isNext(expected, length)) {
                throw new CodecException(
                        "The entry is that of key '" + shown(text(length)) + "', expected was key '" + shown(expected)
                                + "'. Something copied the entry, or two keys have the same hash",
                        null);
            }
            skip(length);
        }
    }

    private Set<String> tags() {
        if (!has(Frame.TAGGED)) {
            return Set.of();
        }
        List<String> tags = new ArrayList<>();
        for (int count = VarInt.read(in); count > 0; count--) {
            tags.add(text(length()));
        }
        return Set.copyOf(tags);
    }

    private int loadMillis() {
        int loadMillis = has(Frame.LOADED) ? VarInt.read(in) : 0;
        if (has(Frame.LOADED) && loadMillis == 0) {
            throw damaged("its load took no time");
        }
        if (in.hasRemaining()) {
            throw damaged("its header ends " + in.remaining() + " bytes before the value begins");
        }
        return loadMillis;
    }

    private Lifetime lifetime() {
        long freshUntilMillis = in.getLong(Frame.DEADLINES_AT);
        long keepUntilMillis = in.getLong(Frame.DEADLINES_AT + Long.BYTES);
        if (keepUntilMillis < freshUntilMillis) {
            throw damaged("it would be gone before it is stale");
        }
        return new Lifetime(in.getLong(Frame.CREATED_AT), freshUntilMillis, keepUntilMillis);
    }

    private boolean has(int flag) {
        return (in.get(Frame.FLAGS_AT) & flag) != 0;
    }

    private int length() {
        int length = VarInt.read(in);
        if (length > in.remaining()) {
            throw damaged("a part of " + length + " bytes would have to fit into " + in.remaining());
        }
        return length;
    }

    private boolean isNext(String text, int length) {
        return KeyBytes.areOf(text, bytes, from + in.position(), from + in.position() + length);
    }

    private String text(int length) {
        String text = KeyBytes.decode(bytes, from + in.position(), from + in.position() + length);
        skip(length);
        return text;
    }

    private void skip(int length) {
        in.position(in.position() + length);
    }

    private CodecException damaged(String why) {
        return new CodecException("The frame of " + in.capacity() + " bytes is cut off or damaged: " + why, null);
    }

    private static String named(String codec) {
        return codec.isEmpty() ? "a codec without a name" : "codec '" + shown(codec) + "'";
    }

    private static String shown(String name) {
        return name.length() <= NAME_SHOWN_MAX ? name : name.substring(0, NAME_SHOWN_MAX) + "…";
    }
}
