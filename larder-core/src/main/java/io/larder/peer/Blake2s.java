package io.larder.peer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** BLAKE2s with 32 bytes and no key (RFC 7693), which no JDK has. Has no state. */
final class Blake2s {

    private static final int BLOCK_BYTES = 64;
    private static final int HASH_BYTES = 32;
    private static final int WORDS = 16;
    /** The length of the hash, no key, and one node in the tree. */
    private static final int PARAMETERS = 0x01010000 ^ HASH_BYTES;

    private static final int[] START = {
        0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19
    };
    /** In which order each round takes the words of a block, as hexadecimal digits. */
    private static final String[] ORDERS = {
        "0123456789abcdef",
        "ea489fd61c02b753",
        "b8c052fdae367194",
        "7931dcbe265a40f8",
        "905724afe1bc683d",
        "2c6a0b834d75fe19",
        "c51fed4a0763928b",
        "db7ec13950f4862a",
        "6fe9b308c2d714a5",
        "a2847615fb9e3cd0"
    };
    /** Columns, then diagonals. */
    private static final int[][] MIXED = {
        {0, 4, 8, 12}, {1, 5, 9, 13}, {2, 6, 10, 14}, {3, 7, 11, 15},
        {0, 5, 10, 15}, {1, 6, 11, 12}, {2, 7, 8, 13}, {3, 4, 9, 14}
    };

    private Blake2s() {}

    static byte[] hash(byte[] bytes) {
        int[] state = START.clone();
        state[0] ^= PARAMETERS;
        int blocks = Math.max(1, (bytes.length + BLOCK_BYTES - 1) / BLOCK_BYTES);
        ByteBuffer in =
                ByteBuffer.wrap(Arrays.copyOf(bytes, blocks * BLOCK_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        for (int block = 1; block <= blocks; block++) {
            boolean last = block == blocks;
            compress(state, in, last ? bytes.length : block * BLOCK_BYTES, last);
        }
        ByteBuffer hash = ByteBuffer.allocate(HASH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        hash.asIntBuffer().put(state);
        return hash.array();
    }

    private static void compress(int[] state, ByteBuffer in, int bytesSoFar, boolean last) {
        int[] words = new int[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = in.getInt();
        }
        int[] v = Arrays.copyOf(state, WORDS);
        System.arraycopy(START, 0, v, START.length, START.length);
        v[12] ^= bytesSoFar;
        v[14] ^= last ? -1 : 0;
        for (String order : ORDERS) {
            for (int i = 0; i < MIXED.length; i++) {
                int x = words[Character.digit(order.charAt(2 * i), WORDS)];
                int y = words[Character.digit(order.charAt(2 * i + 1), WORDS)];
                mix(v, MIXED[i], x, y);
            }
        }
        for (int i = 0; i < state.length; i++) {
            state[i] ^= v[i] ^ v[i + state.length];
        }
    }

    private static void mix(int[] v, int[] at, int x, int y) {
        half(v, at, x, 16, 12);
        half(v, at, y, 8, 7);
    }

    private static void half(int[] v, int[] at, int word, int first, int second) {
        v[at[0]] += v[at[1]] + word;
        v[at[3]] = Integer.rotateRight(v[at[3]] ^ v[at[0]], first);
        v[at[2]] += v[at[3]];
        v[at[1]] = Integer.rotateRight(v[at[1]] ^ v[at[2]], second);
    }
}
