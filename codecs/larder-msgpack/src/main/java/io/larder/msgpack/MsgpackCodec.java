package io.larder.msgpack;

import io.larder.CodecException;
import io.larder.TypeRef;
import io.larder.spi.Codec;
import java.io.IOException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * Values of one type as MessagePack. Thread-safe.
 *
 * <p>The type is the cache's, nothing in the bytes says what is made of them. Of a failure only its kind is told: other messages quote
 * the value.
 */
final class MsgpackCodec<V> implements Codec<V, byte[]> {

    private final TypeRef<V> type;
    private final ObjectReader reader;

    MsgpackCodec(TypeRef<V> type, JavaType known) {
        this.type = type;
        this.reader = TreeMapper.SHARED.readerFor(known);
    }

    @Override
    public byte[] encode(V value) {
        if (value == null) {
            throw new CodecException(
                    "Cannot write null as MessagePack. That there is no value is the entry's to say", null);
        }
        try {
            JsonNode tree = TreeMapper.SHARED.valueToTree(value);
            return MsgpackTree.write(tree);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new CodecException("Cannot write a value of " + type + " as MessagePack: " + described(e), null);
        }
    }

    @Override
    public V decode(byte[] encoded) {
        V value;
        try {
            MsgpackShape.check(encoded);
            value = reader.readValue(MsgpackTree.read(encoded));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw unreadable(encoded, described(e));
        }
        if (value == null) {
            throw unreadable(encoded, "they say null, which stands for no value");
        }
        return value;
    }

    private static String described(Throwable failure) {
        return failure instanceof CodecException told
                ? String.valueOf(told.getMessage())
                : failure.getClass().getSimpleName();
    }

    private CodecException unreadable(byte[] encoded, String why) {
        return new CodecException(
                "Cannot read " + encoded.length + " bytes as MessagePack of " + type + ": " + why, null);
    }
}
