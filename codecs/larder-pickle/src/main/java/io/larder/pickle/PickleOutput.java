package io.larder.pickle;

import io.larder.codec.KeyBytes;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The instructions of a pickle that is being written, and which of its things have which number. Confined to one thread. */
final class PickleOutput {

    private static final int FRAMED = 4;
    private static final int FRAME_BYTES_MIN = 4;
    private static final int BYTE_MAX = 0xFF;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int protocol;
    private final Map<String, Integer> texts = new HashMap<>();
    private int remembered;

    PickleOutput(int protocol) {
        this.protocol = protocol;
    }

    void op(int op) {
        out.write(op);
    }

    /** Remembers what is on top of the stack, and returns its number. */
    int remember() {
        if (protocol >= FRAMED) {
            op(Op.MEMOIZE);
        } else {
            sized(Op.BINPUT, Op.LONG_BINPUT, remembered);
        }
        return remembered++;
    }

    void recall(int number) {
        sized(Op.BINGET, Op.LONG_BINGET, number);
    }

    void text(String text) {
        Integer known = texts.get(text);
        if (known != null) {
            recall(known);
            return;
        }
        byte[] bytes = KeyBytes.encode(text);
        sized(protocol >= FRAMED ? Op.SHORT_BINUNICODE : Op.BINUNICODE, Op.BINUNICODE, bytes.length);
        out.writeBytes(bytes);
        texts.put(text, remember());
    }

    void bytes(byte[] bytes) {
        sized(Op.SHORT_BINBYTES, Op.BINBYTES, bytes.length);
        out.writeBytes(bytes);
    }

    void integer(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            integer(value.intValue());
            return;
        }
        byte[] bytes = value.toByteArray();
        sized(Op.LONG1, Op.LONG4, bytes.length);
        for (int i = bytes.length - 1; i >= 0; i--) {
            op(bytes[i]);
        }
    }

    private void integer(int value) {
        if (value >= 0 && value <= BYTE_MAX) {
            op(Op.BININT1);
            op(value);
        } else if (value == (char) value) {
            op(Op.BININT2);
            op(value);
            op(value >> Byte.SIZE);
        } else {
            op(Op.BININT);
            int4(value);
        }
    }

    void floating(double value) {
        op(Op.BINFLOAT);
        out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
    }

    void global(String module, String name) {
        if (protocol >= FRAMED) {
            text(module);
            text(name);
            op(Op.STACK_GLOBAL);
        } else {
            String known = protocol == 2 && module.equals("builtins") ? "__builtin__" : module;
            op(Op.GLOBAL);
            out.writeBytes((known + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        remember();
    }

    byte[] finished() {
        op(Op.STOP);
        ByteBuffer head = ByteBuffer.allocate(2 + 1 + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        head.put((byte) Op.PROTO).put((byte) protocol);
        if (protocol >= FRAMED && out.size() >= FRAME_BYTES_MIN) {
            head.put((byte) Op.FRAME).putLong(out.size());
        }
        return ByteBuffer.allocate(head.position() + out.size())
                .put(head.flip())
                .put(out.toByteArray())
                .array();
    }

    /** Writes a number behind {@code small}, if it fits into a byte and they differ, or into four behind {@code large}. */
    private void sized(int small, int large, int number) {
        if (number <= BYTE_MAX && small != large) {
            op(small);
            op(number);
        } else {
            op(large);
            int4(number);
        }
    }

    private void int4(int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            op(value >> shift);
        }
    }
}
