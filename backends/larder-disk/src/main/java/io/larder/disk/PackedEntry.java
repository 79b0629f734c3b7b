package io.larder.disk;

import io.larder.spi.Entry;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is about to be stored. Immutable.
 *
 * @param sum the checksum of its frame
 * @param sizeBytes of its frame
 * @param frame null when it is in a file
 * @param file 0 when it is not
 */
@SuppressWarnings("ArrayRecordComponent") // Packed entries are not compared.
record PackedEntry(
        byte[] key,
        long fresh,
        long keep,
        Set<String> tags,
        int sum,
        long sizeBytes,
        byte @Nullable [] frame,
        long file) {

    static PackedEntry inRow(byte[] key, Entry<byte[]> entry, byte[] frame) {
        return of(key, entry, frame, frame, 0);
    }

    static PackedEntry inFile(byte[] key, Entry<byte[]> entry, byte[] frame, long file) {
        return of(key, entry, frame, null, file);
    }

    private static PackedEntry of(byte[] key, Entry<byte[]> entry, byte[] frame, byte @Nullable [] kept, long file) {
        return new PackedEntry(
                key,
                entry.lifetime().freshUntilMillis(),
                entry.lifetime().keepUntilMillis(),
                entry.tags(),
                Seal.sum(frame),
                frame.length,
                kept,
                file);
    }

    boolean isFile() {
        return file != 0;
    }

    /** Returns what it adds to the database, roughly, and to the files. */
    long broughtBytes() {
        return sizeBytes + 128;
    }
}
