package io.larder.msgpack;

import io.larder.CodecException;
import io.larder.codec.StringCodec;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Map;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Jackson's trees as MessagePack and back. Has no state. */
final class MsgpackTree {

    /** Integers in 64 bits are as far as the format goes, signed or not. */
    private static final int BITS_MAX = 64;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final StringCodec TEXTS = new StringCodec();

    private MsgpackTree() {}

    static byte[] write(JsonNode tree) throws IOException {
        try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
            write(tree, out);
            return out.toByteArray();
        }
    }

    private static void write(JsonNode node, MessagePacker out) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                out.packMapHeader(node.size());
                for (Map.Entry<String, JsonNode> property : node.properties()) {
                    write(property.getKey(), out);
                    write(property.getValue(), out);
                }
            }
            case ARRAY -> {
                out.packArrayHeader(node.size());
                for (JsonNode element : node) {
                    write(element, out);
                }
            }
            case STRING -> write(node.asString(), out);
            case BINARY -> {
                byte[] bytes = node.binaryValue();
                out.packBinaryHeader(bytes.length).writePayload(bytes);
            }
            case BOOLEAN -> out.packBoolean(node.booleanValue());
            case NUMBER -> writeNumber(node, out);
            case NULL -> out.packNil();
            default -> throw new CodecException("it holds an object of " + node.getNodeType(), null);
        }
    }

    private static void write(String text, MessagePacker out) throws IOException {
        byte[] bytes = TEXTS.encode(text);
        out.packRawStringHeader(bytes.length).writePayload(bytes);
    }

    /** Writes a decimal, and an integer of more than 64 bits, as its digits; to a type that is one they read back. */
    private static void writeNumber(JsonNode node, MessagePacker out) throws IOException {
        switch (node.numberType()) {
            case INT, LONG -> out.packLong(node.longValue());
            case BIG_INTEGER -> {
                BigInteger value = node.bigIntegerValue();
                if (value.bitLength() < BITS_MAX || (value.bitLength() == BITS_MAX && value.signum() > 0)) {
                    out.packBigInteger(value);
                } else {
                    write(value.toString(), out);
                }
            }
            case FLOAT -> out.packFloat(node.floatValue());
            case DOUBLE -> out.packDouble(node.doubleValue());
            case BIG_DECIMAL -> write(node.decimalValue().toString(), out);
        }
    }

    /** Returns the tree of bytes that {@link MsgpackShape} has checked. */
    static JsonNode read(byte[] bytes) throws IOException {
        try (MessageUnpacker in = MessagePack.newDefaultUnpacker(bytes)) {
            return read(in);
        }
    }

    private static JsonNode read(MessageUnpacker in) throws IOException {
        return switch (in.getNextFormat().getValueType()) {
            case MAP -> {
                ObjectNode node = NODES.objectNode();
                for (int left = in.unpackMapHeader(); left > 0; left--) {
                    if (!in.getNextFormat().getValueType().isStringType()) {
                        throw new CodecException("the key of a map is no string", null);
                    }
                    node.set(readText(in), read(in));
                }
                yield node;
            }
            case ARRAY -> {
                ArrayNode node = NODES.arrayNode();
                for (int left = in.unpackArrayHeader(); left > 0; left--) {
                    node.add(read(in));
                }
                yield node;
            }
            case STRING -> NODES.stringNode(readText(in));
            case BINARY -> NODES.binaryNode(in.readPayload(in.unpackBinaryHeader()));
            case BOOLEAN -> NODES.booleanNode(in.unpackBoolean());
            case INTEGER -> readInteger(in);
            case FLOAT ->
                in.getNextFormat() == MessageFormat.FLOAT32
                        ? NODES.numberNode(in.unpackFloat())
                        : NODES.numberNode(in.unpackDouble());
            case NIL -> {
                in.unpackNil();
                yield NODES.nullNode();
            }
            case EXTENSION ->
                throw new CodecException("they hold an extension type, which stands for nothing here", null);
        };
    }

    private static String readText(MessageUnpacker in) throws IOException {
        return TEXTS.decode(in.readPayload(in.unpackRawStringHeader()));
    }

    /** Reads into the smallest type that fits, as JSON does. */
    private static JsonNode readInteger(MessageUnpacker in) throws IOException {
        BigInteger value = in.unpackBigInteger();
        if (value.bitLength() < Integer.SIZE) {
            return NODES.numberNode(value.intValue());
        }
        return value.bitLength() < Long.SIZE ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
    }
}
