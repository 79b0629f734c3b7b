package io.larder.pickle;

import io.larder.CodecException;

/** How much a pickle may still have copied, so that a short one cannot have a long part copied again and again. Not thread-safe. */
final class Budget {

    private static final long PER_BYTE = 16;
    private static final long FIRST = 1_000;

    private long left;

    Budget(int bytes) {
        this.left = FIRST + PER_BYTE * bytes;
    }

    void spend(long parts) {
        left -= parts;
        if (left < 0) {
            throw new CodecException("it uses its parts too often", null);
        }
    }
}
