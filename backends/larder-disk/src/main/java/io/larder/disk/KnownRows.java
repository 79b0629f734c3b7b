package io.larder.disk;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where transactions on one connection have found rows: a guess, which saves looking for them when the same keys are put again and again.
 * Confined to the transaction that runs on it.
 *
 * <p>Nothing is ever taken back. The row may have gone since, or be another key's; so whoever uses a guess has SQLite compare room and key.
 */
final class KnownRows {

    /** How many are remembered; with more keys in use, most puts look for their rows anyway. */
    private static final int REMEMBERED_MAX = 1_024;

    private static final int KEY_BYTES_MAX = 1_024;

    /** A row's number and its last use. */
    record Guess(long row, long used) {}

    private record Place(long room, ByteBuffer key) {}

    private final Map<Place, Guess> guesses = new HashMap<>();

    /** Returns where the row of a key was, or null. */
    @Nullable
    Guess find(long room, byte[] key) {
        return guesses.get(new Place(room, ByteBuffer.wrap(key)));
    }

    /** Remembers where the row of a key is; nobody changes the key's bytes afterwards. */
    void remember(long room, byte[] key, Guess guess) {
        if (key.length > KEY_BYTES_MAX) {
            return;
        }
        if (guesses.size() >= REMEMBERED_MAX) {
            guesses.clear();
        }
        guesses.put(new Place(room, ByteBuffer.wrap(key)), guess);
    }

    /** Forgets where the row of a key was. */
    void forget(long room, byte[] key) {
        guesses.remove(new Place(room, ByteBuffer.wrap(key)));
    }
}
