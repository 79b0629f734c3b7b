package io.larder.pickle;

import io.larder.CodecException;
import io.larder.TypeRef;
import io.larder.spi.Codec;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values of one type as pickles. Thread-safe.
 *
 * <p>A pickle is a program for a machine with a stack. What it may call is a short list, in {@link Globals}; nothing else is looked up,
 * loaded or made, whatever the bytes say.
 */
final class PickleCodec<V> implements Codec<V, byte[]> {

    private static final Pattern DIGITS = Pattern.compile("-?[0-9]+");

    private final TypeRef<V> type;
    private final Shape shape;
    private final int protocol;
    private final boolean intsInDigits;

    PickleCodec(TypeRef<V> type, Shape shape, int protocol, boolean intsInDigits) {
        this.type = type;
        this.shape = shape;
        this.protocol = protocol;
        this.intsInDigits = intsInDigits;
    }

    @Override
    public byte[] encode(V value) {
        if (value == null) {
            throw new CodecException("Cannot pickle null. That there is no value is the entry's to say", null);
        }
        try {
            return intsInDigits && Scalars.isInteger(value)
                    ? value.toString().getBytes(StandardCharsets.US_ASCII)
                    : PickleWriter.pickle(value, protocol);
        } catch (RuntimeException | StackOverflowError e) {
            throw new CodecException("Cannot pickle a value of " + type + ": " + described(e), null);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public V decode(byte[] encoded) {
        Object value;
        try {
            value = new Fitting().fit(read(encoded), shape);
        } catch (RuntimeException | StackOverflowError e) {
            throw unreadable(encoded, described(e));
        }
        if (value == null) {
            throw unreadable(encoded, "it says None, which stands for no value");
        }
        return (V) value;
    }

    /** No pickle is digits alone: it ends with a dot. memcached leaves spaces behind when a counter gets shorter. */
    private @Nullable Object read(byte[] encoded) {
        String text = new String(encoded, StandardCharsets.ISO_8859_1).stripTrailing();
        return intsInDigits && DIGITS.matcher(text).matches() ? Numbers.integer(text) : PickleReader.read(encoded);
    }

    /** Of other failures only the kind is told: their messages quote the value. */
    private static String described(Throwable failure) {
        return failure instanceof CodecException told
                ? String.valueOf(told.getMessage())
                : failure.getClass().getSimpleName();
    }

    private CodecException unreadable(byte[] encoded, String why) {
        return new CodecException("Cannot read " + encoded.length + " bytes as a pickle of " + type + ": " + why, null);
    }
}
