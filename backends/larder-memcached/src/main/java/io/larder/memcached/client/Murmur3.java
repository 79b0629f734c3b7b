package io.larder.memcached.client;

/**
 * The 32-bit hash of that name as pymemcache computes it: over the characters of a text, not over bytes.
 *
 * <p>Where it differs from the original, above U+00FF, is a slip in pymemcache that decides where keys are, so it is kept: three
 * characters of four are cut to a byte, and the fourth is not.
 */
final class Murmur3 {

    private static final int FACTOR_1 = 0xcc9e2d51;
    private static final int FACTOR_2 = 0x1b873593;

    private Murmur3() {}

    /** Returns the hash, unsigned. */
    static long hash(int[] characters) {
        // cut before.
        int hash = 0;
        int length = characters.length;
        int whole = length & ~3;
        for (int i = 0; i < whole; i += 4) {
            int block = (characters[i] & 0xff)
                    | ((characters[i + 1] & 0xff) << 8)
                    | ((characters[i + 2] & 0xff) << 16)
                    | (characters[i + 3] << 24);
            hash ^= scrambled(block);
            hash = Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
        }
        int tail = 0;
        for (int i = length - 1; i >= whole; i--) {
            tail |= (characters[i] & 0xff) << (8 * (i - whole));
        }
        if (whole < length) {
            hash ^= scrambled(tail);
        }
        hash ^= length;
        hash ^= hash >>> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >>> 13;
        hash *= 0xc2b2ae35;
        hash ^= hash >>> 16;
        return Integer.toUnsignedLong(hash);
    }

    private static int scrambled(int block) {
        return Integer.rotateLeft(block * FACTOR_1, 15) * FACTOR_2;
    }
}
