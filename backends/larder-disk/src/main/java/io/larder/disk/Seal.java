package io.larder.disk;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Ties an entry's frame to its cache, its key and its deadlines, so that no altered byte makes it another entry's.
 *
 * <p>SQLite has no checksums of its own: a flipped bit can turn one key into another, or send a key to another's value. The upper half is
 * the checksum of the frame, so that deadlines are sealed anew without it.
 */
final class Seal {

    private Seal() {}

    /** Returns the checksum of a whole frame. */
    static int sum(byte[] frame) {
        CRC32C crc = new CRC32C();
        crc.update(frame, 0, frame.length);
        return (int) crc.getValue();
    }

    static long of(int sum, byte[] scope, byte[] key, long fresh, long keep) {
        CRC32C crc = new CRC32C();
        ByteBuffer numbers = ByteBuffer.allocate(2 * Integer.BYTES + 2 * Long.BYTES);
        crc.update(numbers.putInt(sum)
                .putInt(scope.length)
                .putLong(fresh)
                .putLong(keep)
                .flip());
        crc.update(scope, 0, scope.length);
        crc.update(key, 0, key.length);
        return (long) sum << Integer.SIZE | crc.getValue();
    }

    /** Returns the checksum of the frame that {@code seal} was made with. */
    static int sum(long seal) {
        return (int) (seal >> Integer.SIZE);
    }

    static boolean isWhole(long seal, byte[] scope, byte[] key, long fresh, long keep) {
        return seal == of(sum(seal), scope, key, fresh, keep);
    }
}
