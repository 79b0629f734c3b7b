package io.larder.pickle;

import io.larder.CodecException;
import java.math.BigInteger;

/** Numbers as text, and of the type that a reader expects. Has no state. */
final class Numbers {

    /** What CPython turns from digits into an integer; more would take time by the square. */
    private static final int DIGITS_MAX = 4300;

    private Numbers() {}

    /** Returns the smallest of Integer, Long and BigInteger that {@code value} fits in. */
    static Object smallest(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return value.intValue();
        }
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    static Object integer(String digits) {
        requireDigits(digits);
        return smallest(new BigInteger(digits));
    }

    static double decimalFloat(String text) {
        requireDigits(text);
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }

    static void requireDigits(String text) {
        if (text.length() > DIGITS_MAX) {
            throw new CodecException(
                    "it has a number of " + text.length() + " digits, and at most " + DIGITS_MAX + " are read", null);
        }
    }
}
