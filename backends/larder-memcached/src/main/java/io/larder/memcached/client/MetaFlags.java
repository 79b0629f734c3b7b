package io.larder.memcached.client;

import java.nio.charset.StandardCharsets;

/**
 * Flags of a request, in the order they are sent, such as {@code v t c N30}. Immutable; keep those without changing tokens in a constant.
 *
 * <p>{@code O}, {@code q} and {@code b} are not among them: the connection sets opaques and quiet mode, the key decides about base64.
 */
public final class MetaFlags {

    /** No flags. */
    public static final MetaFlags NONE = new MetaFlags(new byte[0], 0);

    private static final String SIGNED = "NRT";
    private static final int TOKEN_CHARS_MAX = 64;

    private final byte[] text;
    private final long letters;

    private MetaFlags(byte[] text, long letters) {
        this.text = text;
        this.letters = letters;
    }

    /** Returns flags that have no tokens, such as {@code of("vtc")}. */
    public static MetaFlags of(String flags) {
        MetaFlags all = NONE;
        for (int i = 0; i < flags.length(); i++) {
            all = all.with(flags.charAt(i));
        }
        return all;
    }

    /** Returns these flags and one without a token. */
    public MetaFlags with(char flag) {
        return append(flag, "");
    }

    /** Returns these flags and one with a number, which is unsigned except for times to live. */
    public MetaFlags with(char flag, long number) {
        return append(flag, SIGNED.indexOf(flag) >= 0 ? Long.toString(number) : Long.toUnsignedString(number));
    }

    /** Returns these flags and one with a token, such as the mode of a set. */
    public MetaFlags with(char flag, String token) {
        if (token.isEmpty()
                || token.length() > TOKEN_CHARS_MAX
                || token.chars().anyMatch(letter -> letter <= ' ' || letter >= 0x7f)) {
            throw new IllegalArgumentException("token of flag '" + flag + "' must be 1 to " + TOKEN_CHARS_MAX
                    + " printable ASCII characters, was '" + token + "'");
        }
        return append(flag, token);
    }

    private MetaFlags append(char flag, String token) {
        long bit = bit(flag);
        if (bit == 0 || flag == 'O' || flag == 'q' || flag == 'b') {
            throw new IllegalArgumentException("flag must be a letter other than O, q and b, was '" + flag + "'");
        }
        if ((letters & bit) != 0) {
            throw new IllegalArgumentException("flag '" + flag + "' must be given once, was given twice");
        }
        byte[] added = (" " + flag + token).getBytes(StandardCharsets.US_ASCII);
        byte[] longer = new byte[text.length + added.length];
        System.arraycopy(text, 0, longer, 0, text.length);
        System.arraycopy(added, 0, longer, text.length, added.length);
        return new MetaFlags(longer, letters | bit);
    }

    /** Returns the bit that stands for a letter, 0 for what is no ASCII letter. */
    static long bit(int letter) {
        if (letter >= 'a' && letter <= 'z') {
            return 1L << (letter - 'a');
        }
        return letter >= 'A' && letter <= 'Z' ? 1L << (letter - 'A' + 26) : 0;
    }

    /** Returns the bits of all letters in a string. */
    static long bits(String letters) {
        long bits = 0;
        for (int i = 0; i < letters.length(); i++) {
            bits |= bit(letters.charAt(i));
        }
        return bits;
    }

    byte[] text() {
        return text;
    }

    boolean has(char flag) {
        return (letters & bit(flag)) != 0;
    }

    long letters() {
        return letters;
    }

    @Override
    public String toString() {
        return new String(text, StandardCharsets.US_ASCII).strip();
    }
}
