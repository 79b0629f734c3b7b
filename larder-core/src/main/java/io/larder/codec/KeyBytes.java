package io.larder.codec;

import io.larder.CodecException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys and tags as bytes: UTF-8, and a form for the unpaired surrogates that UTF-8 cannot express. Thread-safe.
 *
 * <p>No two strings share their bytes, and any string can be a key. An unpaired surrogate takes three bytes, as any other
 * character of its range would (<em>WTF-8, Sapin 2014</em>), where {@link String#getBytes} makes a question mark of it.
 */
public final class KeyBytes {

    private static final char REPLACEMENT = '\uFFFD';

    private KeyBytes() {}

    /** Returns the bytes of {@code text}. */
    public static byte[] encode(String text) {
        return isPaired(text) ? text.getBytes(StandardCharsets.UTF_8) : encodeUnpaired(text);
    }

    /** Returns the text of {@code bytes}, or fails with a {@link CodecException} for what {@link #encode} never makes. */
    public static String decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    static String decode(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        // The JDK puts a replacement character where bytes are wrong; without one, all of them were right.
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeUnpaired(bytes, from, to);
    }

    /** Returns whether these are the bytes of {@code text}; allocates nothing when both are ASCII. */
    static boolean areOf(String text, byte[] bytes, int from, int to) {
        int length = text.length();
        int same = 0;
        while (same < length && from + same < to && bytes[from + same] == text.charAt(same)) {
            same++;
        }
        if (same == length && from + same == to) {
            return true;
        }
        byte[] expected = encode(text);
        return Arrays.equals(expected, 0, expected.length, bytes, from, to);
    }

    private static boolean isPaired(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (Character.isBmpCodePoint(text.codePointAt(i))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static byte[] encodeUnpaired(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(3 * text.length());
        text.codePoints().forEach(codePoint -> {
            if (Character.isBmpCodePoint(codePoint) && Character.isSurrogate((char) codePoint)) {
                out.write(0xE0 | (codePoint >> 12));
                out.write(0x80 | ((codePoint >> 6) & 0x3F));
                out.write(0x80 | (codePoint & 0x3F));
            } else {
                out.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
            }
        });
        return out.toByteArray();
    }

    /** Reads generously, and refuses what is not written back as it was: padded, paired in six bytes, beyond Unicode. */
    private static String decodeUnpaired(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int at = from;
        while (at < to) {
            int first = bytes[at] & 0xFF;
            int size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
            int codePoint = size == 1 ? first : first & (0xFF >> (size + 1));
            for (int i = 1; i < size; i++) {
                codePoint = (codePoint << 6) | (at + i < to ? bytes[at + i] & 0x3F : 0);
            }
            if (!Character.isValidCodePoint(codePoint)) {
                throw refused(from, to);
            }
            text.appendCodePoint(codePoint);
            at += size;
        }
        String decoded = text.toString();
        byte[] again = encode(decoded);
        if (!Arrays.equals(again, 0, again.length, bytes, from, to)) {
            throw refused(from, to);
        }
        return decoded;
    }

    private static CodecException refused(int from, int to) {
        return new CodecException(
                "The " + (to - from) + " bytes are no key: not UTF-8, nor what KeyBytes writes", null);
    }
}
