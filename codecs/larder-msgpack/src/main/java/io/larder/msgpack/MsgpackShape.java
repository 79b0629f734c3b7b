package io.larder.msgpack;

import io.larder.CodecException;
import java.nio.ByteBuffer;

/**
 * Whether bytes are one MessagePack value, by its lengths alone. Nothing is allocated, so that a reader after it may believe every
 * length.
 */
final class MsgpackShape {

    private static final int DEPTH_MAX = 500;

    private final ByteBuffer in;

    private MsgpackShape(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    /** Refuses what is cut off, followed by something, nested too deep, or tells a length that is not there. */
    static void check(byte[] bytes) {
        MsgpackShape shape = new MsgpackShape(bytes);
        shape.skip(0);
        if (shape.in.hasRemaining()) {
            throw new CodecException("something follows the value", null);
        }
    }

    private void skip(int depth) {
        if (depth > DEPTH_MAX) {
            throw new CodecException("they are nested more than " + DEPTH_MAX + " deep", null);
        }
        int head = (int) unsigned(1);
        if (head >= 0x80 && head <= 0x8F) {
            skipAll(2L * (head & 0x0F), depth);
        } else if (head >= 0x90 && head <= 0x9F) {
            skipAll(head & 0x0F, depth);
        } else if (head >= 0xA0 && head <= 0xBF) {
            skipBytes(head & 0x1F);
        } else if (head >= 0xC0 && head <= 0xDF) {
            skipLong(head, depth);
        }
    }

    /** Skips what follows a head from 0xC0 to 0xDF; others, small integers, are alone. */
    private void skipLong(int head, int depth) {
        switch (head) {
            case 0xC0, 0xC2, 0xC3 -> {}
            case 0xC4, 0xD9 -> skipBytes(unsigned(1));
            case 0xC5, 0xDA -> skipBytes(unsigned(2));
            case 0xC6, 0xDB -> skipBytes(unsigned(4));
            case 0xCC, 0xD0 -> skipBytes(1);
            case 0xCD, 0xD1 -> skipBytes(2);
            case 0xCA, 0xCE, 0xD2 -> skipBytes(4);
            case 0xCB, 0xCF, 0xD3 -> skipBytes(8);
            case 0xDC -> skipAll(unsigned(2), depth);
            case 0xDD -> skipAll(unsigned(4), depth);
            case 0xDE -> skipAll(2 * unsigned(2), depth);
            case 0xDF -> skipAll(2 * unsigned(4), depth);
            default -> throw new CodecException("they hold an extension type, which stands for nothing here", null);
        }
    }

    private void skipAll(long count, int depth) {
        // A value takes a byte or more.
        require(count);
        for (long i = 0; i < count; i++) {
            skip(depth + 1);
        }
    }

    private void skipBytes(long count) {
        require(count);
        in.position(in.position() + (int) count);
    }

    private long unsigned(int size) {
        require(size);
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << Byte.SIZE | (in.get() & 0xFF);
        }
        return value;
    }

    private void require(long count) {
        if (count > in.remaining()) {
            throw new CodecException(
                    "a part of " + count + " would have to fit into " + in.remaining() + " bytes", null);
        }
    }
}
