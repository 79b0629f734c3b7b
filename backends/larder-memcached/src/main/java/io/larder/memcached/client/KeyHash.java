package io.larder.memcached.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes of libmemcached that decide where keys are. Thread-safe. */
enum KeyHash {
    /** Its default: Bob Jenkins' one-at-a-time. */
    ONE_AT_A_TIME {
        @Override
        long of(byte[] bytes) {
            int hash = 0;
            for (byte each : bytes) {
                // In C the bytes are signed.
                hash += each;
                hash += hash << 10;
                hash ^= hash >>> 6;
            }
            hash += hash << 3;
            hash ^= hash >>> 11;
            hash += hash << 15;
            return Integer.toUnsignedLong(hash);
        }
    },
    /** The first four bytes of an MD5, little-endian. */
    MD5 {
        @Override
        long of(byte[] bytes) {
            return part(md5(bytes), 0);
        }
    };

    /** Returns the hash, unsigned. */
    abstract long of(byte[] bytes);

    static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("This Java has no MD5, which ketama needs", missing);
        }
    }

    /** Returns one of the four numbers in an MD5. */
    static long part(byte[] digest, int index) {
        int at = 4 * index;
        return ((digest[at + 3] & 0xffL) << 24)
                | ((digest[at + 2] & 0xffL) << 16)
                | ((digest[at + 1] & 0xffL) << 8)
                | (digest[at] & 0xffL);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
