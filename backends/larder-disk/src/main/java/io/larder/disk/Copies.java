package io.larder.disk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The entries that the caches of one URL read recently, each with the {@link Moment} before. Thread-safe.
 *
 * <p>A copy answers for its entry until the {@link ChangeCounts} say otherwise, or its time is over. It may outlive its row, which was
 * given up for want of room: what is found is still what was put last, and whoever changes the key or its cache counts that although
 * there is no row.
 */
final class Copies {

    /** What a copy takes beside key and value, roughly. */
    private static final int OVERHEAD_BYTES = 320;

    /** Of what cache, and under which key. */
    record Place(Entries cache, String key) {}

    /** An entry as it was read. A use that two threads note at once may be noted twice. */
    static final class Copy {
        final Entry<byte[]> entry;
        final Moment moment;
        final long row;
        long usedMillis;

        Copy(Entry<byte[]> entry, Moment moment, long row, long usedMillis) {
            this.entry = entry;
            this.moment = moment;
            this.row = row;
            this.usedMillis = usedMillis;
        }
    }

    /** What a copy takes of the room at most, so that a large value is not copied to be given up at once, or others for it. */
    private static final int SHARE_MAX = 16;

    private final long copyBytesMax;
    private final @Nullable Cache<Place, Copy> copies;

    /** Makes room for so many bytes; with 0, nothing is kept. */
    Copies(long bytesMax) {
        this.copyBytesMax = bytesMax / SHARE_MAX;
        // On the reader's own thread: no pool is borrowed.
        this.copies = bytesMax == 0
                ? null
                : Caffeine.newBuilder()
                        .executor(Runnable::run)
                        .maximumWeight(bytesMax)
                        .weigher(Copies::weightBytes)
                        .build();
    }

    private static int weightBytes(Place place, Copy copy) {
        byte[] value = copy.entry.value();
        int tagged = copy.entry.tags().stream()
                .mapToInt(tag -> tag.length() + Long.BYTES)
                .sum();
        return OVERHEAD_BYTES + place.key.length() + (value == null ? 0 : value.length) + tagged;
    }

    boolean isKeeping() {
        return copies != null;
    }

    /** Whether an entry of so many bytes may be kept. */
    boolean areFor(int sizeBytes) {
        return sizeBytes <= copyBytesMax;
    }

    @Nullable
    Copy find(Place place) {
        return copies == null ? null : copies.getIfPresent(place);
    }

    /** Keeps a copy, whose value nobody changes. */
    void keep(Place place, Copy copy) {
        if (copies != null && copy.moment.isQuiet() && !(copy.entry instanceof DamagedEntry)) {
            copies.put(place, copy);
        }
    }

    /** Drops what is no longer right. */
    void drop(Place place, Copy copy) {
        if (copies != null) {
            copies.asMap().remove(place, copy);
        }
    }
}
