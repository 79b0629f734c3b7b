package io.larder.pickle;

import io.larder.CodecException;
import io.larder.codec.KeyBytes;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a pickle, read from front to back. No length in them is believed. Confined to one thread. */
final class PickleInput {

    /** More would take time by the square, to whoever prints it. */
    private static final int INTEGER_BYTES_MAX = 4096;

    private final ByteBuffer in;

    PickleInput(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    int remaining() {
        return in.remaining();
    }

    int unsigned1() {
        return require(1).get() & 0xFF;
    }

    int unsigned2() {
        return require(2).getShort() & 0xFFFF;
    }

    int signed4() {
        return require(4).getInt();
    }

    long unsigned4() {
        return signed4() & 0xFFFF_FFFFL;
    }

    long signed8() {
        return require(8).getLong();
    }

    double binaryFloat() {
        return Double.longBitsToDouble(Long.reverseBytes(signed8()));
    }

    byte[] bytes(long length) {
        require(length);
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }

    String text(long length) {
        return KeyBytes.decode(bytes(length));
    }

    /** Returns what is left of the line, without its end, as Latin-1. */
    String line() {
        for (int i = in.position(); i < in.limit(); i++) {
            if (in.get(i) == '\n') {
                String line = new String(bytes(i - in.position()), StandardCharsets.ISO_8859_1);
                in.get();
                return line;
            }
        }
        throw new CodecException("a line has no end", null);
    }

    /** Returns a little-endian integer in two's complement, which may be of no bytes. */
    Object integer(long length) {
        if (length > INTEGER_BYTES_MAX) {
            throw new CodecException(
                    "it has an integer of " + length + " bytes, and at most " + INTEGER_BYTES_MAX + " are read", null);
        }
        byte[] bytes = bytes(length);
        for (int i = 0; i < bytes.length / 2; i++) {
            byte last = bytes[bytes.length - 1 - i];
            bytes[bytes.length - 1 - i] = bytes[i];
            bytes[i] = last;
        }
        return Numbers.smallest(bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes));
    }

    /** Returns a string in Python's escapes {@code \}{@code u0041} and {@code \U0001f600}, which stand for themselves elsewhere. */
    String rawUnicode() {
        String line = line();
        if (line.indexOf('\\') < 0) {
            return line;
        }
        StringBuilder text = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            boolean escaped = line.charAt(i) == '\\' && i + 1 < line.length();
            int digits = !escaped ? 0 : line.charAt(i + 1) == 'u' ? 4 : line.charAt(i + 1) == 'U' ? 8 : 0;
            if (digits == 0) {
                text.append(line.charAt(i));
            } else {
                text.appendCodePoint(Integer.parseUnsignedInt(line, i + 2, i + 2 + digits, 16));
                i += 1 + digits;
            }
        }
        return text.toString();
    }

    /** Returns a string of Python 2, which is ASCII in quotes; others have an encoding that nobody tells. */
    String quoted() {
        String line = line();
        int last = line.length() - 1;
        if (last < 1 || line.charAt(0) != line.charAt(last) || line.indexOf('\\') >= 0) {
            throw new CodecException("a string of Python 2 with escapes", null);
        }
        return ascii(line.substring(1, last).getBytes(StandardCharsets.ISO_8859_1));
    }

    String ascii(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.US_ASCII);
        if (!Arrays.equals(text.getBytes(StandardCharsets.US_ASCII), bytes)) {
            throw new CodecException("a string of Python 2 that is not ASCII", null);
        }
        return text;
    }

    private ByteBuffer require(long count) {
        if (count < 0 || count > in.remaining()) {
            throw new CodecException(
                    "a part of " + Long.toUnsignedString(count) + " bytes, of which " + in.remaining() + " are there",
                    null);
        }
        return in;
    }
}
