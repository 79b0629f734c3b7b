package io.larder.testkit;

import io.larder.CodecException;
import io.larder.codec.DecimalCodec;
import io.larder.codec.StringCodec;
import io.larder.spi.Codec;
import java.util.function.Function;

/**
 * How a contract, which thinks in texts and numbers, makes and reads the values of a backend. Immutable.
 *
 * @param texts turns a text into a value and back; a number is read as its decimal digits
 * @param numbers turns a counter into a value and back
 */
public record Values<V>(Codec<String, V> texts, Codec<Long, V> numbers) {

    /** For a backend that keeps the caller's own objects; counters are {@code Long}. */
    public static final Values<Object> OBJECTS = new Values<>(
            codec(text -> text, String::valueOf),
            codec(number -> number, value -> value instanceof Long number ? number : refused()));

    /** For a backend that keeps strings; counters are decimal digits. */
    public static final Values<String> STRINGS =
            new Values<>(codec(text -> text, value -> value), codec(Object::toString, Values::parsed));

    /** For a backend that keeps bytes: UTF-8, and decimal digits. */
    public static final Values<byte[]> BYTES = new Values<>(new StringCodec(), new DecimalCodec());

    private static long parsed(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return refused();
        }
    }

    private static long refused() {
        throw new CodecException("The value is not an integer of 64 bits", null);
    }

    private static <A, B> Codec<A, B> codec(Function<A, B> encode, Function<B, A> decode) {
        return new Codec<>() {
            @Override
            public B encode(A value) {
                return encode.apply(value);
            }

            @Override
            public A decode(B encoded) {
                return decode.apply(encoded);
            }
        };
    }
}
