package io.larder.memcached.client;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for control characters, eight bytes at a time: every line and every key is looked at. Has no state. */
final class PlainBytes {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long SIGNS = 0x8080_8080_8080_8080L;
    private static final int DELETE = 0x7f;

    private PlainBytes() {}

    /** Returns whether the first bytes have no ASCII character below {@code least}, and no delete character. */
    static boolean hasNoneBelow(int least, byte[] bytes, int length) {
        long special = 0;
        int at = 0;
        for (; at <= length - Long.BYTES; at += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, at);
            special |= below(least, eight) | below(1, eight ^ (ONES * DELETE));
        }
        boolean plain = (special & SIGNS) == 0;
        for (; at < length; at++) {
            plain &= (bytes[at] >= least && bytes[at] != DELETE) || bytes[at] < 0;
        }
        return plain;
    }

    /** Sets the sign of a byte that is less than {@code least}, and then perhaps that of the next one; of none if no byte is. */
    private static long below(int least, long eight) {
        return (eight - ONES * least) & ~eight;
    }
}
