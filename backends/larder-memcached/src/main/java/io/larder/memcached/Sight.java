package io.larder.memcached;

import io.larder.Clock;
import io.larder.memcached.client.MetaReply;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import org.jspecify.annotations.Nullable;

/**
 * What was found at an entry's name, and the markers that decide whether it counts. Immutable.
 *
 * @param reply with the item's value, CAS and time to live
 * @param item null where there is none, or somebody else's
 * @param claimed the entry in the item, which the tags' markers may still disown; or why it cannot be read
 */
record Sight(
        Place place,
        MetaReply reply,
        @Nullable Item item,
        @Nullable Entry<byte[]> claimed,
        Seen seen) {

    /** Returns whether there is anything at all at the name. */
    boolean exists() {
        return reply.done();
    }

    /** Returns whether it depends on the markers of tags. */
    boolean hasTags() {
        return claimed != null && !claimed.tags().isEmpty();
    }

    Sight with(Seen more) {
        return new Sight(place, reply, item, claimed, more);
    }

    /** Returns the entry, fresh or stale, or what is damaged; null where there is none that counts. */
    @Nullable
    Entry<byte[]> entry(Clock clock) {
        Entry<byte[]> entry = claimed;
        if (entry == null || item == null || entry instanceof DamagedEntry) {
            return entry;
        }
        boolean counts = !hasTags() || seen.areCurrent(Tags.sorted(entry.tags()), item.tagGenerations());
        return counts && entry.isKept(clock) ? entry : null;
    }

    /** Returns the entry if it is fresh. */
    @Nullable
    Entry<byte[]> fresh(Clock clock) {
        Entry<byte[]> entry = entry(clock);
        return entry == null || entry instanceof DamagedEntry || !entry.isFresh(clock) ? null : entry;
    }

    /** Returns the lease on the key, or null where there is none that stands. */
    Item.@Nullable Hole lease() {
        return item == null || !seen.isCurrent(item.generation()) ? null : item.hole();
    }
}
