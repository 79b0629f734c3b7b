package io.larder.redis;

import io.larder.CodecException;
import io.larder.codec.KeyBytes;
import io.larder.spi.ChangeListener;
import io.larder.spi.KeyPattern;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one program says on the bus that it has changed. Immutable.
 *
 * @param texts keys, a tag, or a glob
 */
record BusMessage(Kind kind, List<String> texts) {

    static final BusMessage ALL = new BusMessage(Kind.MATCHING, List.of("*"));

    /** In a message, the first letter of its name. */
    enum Kind {
        NOTHING,
        KEYS,
        TAG,
        MATCHING;

        private byte sign() {
            return (byte) name().charAt(0);
        }

        private static Kind of(byte sign) {
            return Arrays.stream(values())
                    .filter(kind -> kind.sign() == sign)
                    .findFirst()
                    .orElseThrow(() -> new CodecException("No kind has the sign " + sign, null));
        }
    }

    /** A message with the program that sent it, and how many it had sent by then. */
    record Sent(String sender, long number, BusMessage message) {}

    byte[] encode(String sender, long number) {
        List<byte[]> parts = new ArrayList<>();
        parts.add(KeyBytes.encode(sender));
        texts.forEach(text -> parts.add(KeyBytes.encode(text)));
        int sizeBytes = Long.BYTES + 1;
        for (byte[] part : parts) {
            sizeBytes += Integer.BYTES + part.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(sizeBytes).putLong(number).put(kind.sign());
        parts.forEach(part -> bytes.putInt(part.length).put(part));
        return bytes.array();
    }

    /** Returns what was sent; what cannot be read says that everything has changed. */
    static Sent decode(byte[] encoded) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(encoded);
            long number = bytes.getLong();
            Kind kind = Kind.of(bytes.get());
            String sender = text(bytes);
            List<String> texts = new ArrayList<>();
            while (bytes.hasRemaining()) {
                texts.add(text(bytes));
            }
            return new Sent(sender, number, new BusMessage(kind, List.copyOf(texts)));
        } catch (BufferUnderflowException | NegativeArraySizeException | CodecException damaged) {
            return new Sent("", 0, ALL);
        }
    }

    private static String text(ByteBuffer bytes) {
        int sizeBytes = bytes.getInt();
        if (sizeBytes > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] text = new byte[sizeBytes];
        bytes.get(text);
        return KeyBytes.decode(text);
    }

    void tell(ChangeListener<String> told) {
        switch (kind) {
            case NOTHING -> {}
            case KEYS -> texts.forEach(told::changed);
            case TAG -> texts.forEach(told::changedTag);
            case MATCHING ->
                texts.forEach(glob -> told.changed(glob.equals("*") ? KeyPattern.ALL : KeyPattern.glob(glob)));
        }
    }
}
