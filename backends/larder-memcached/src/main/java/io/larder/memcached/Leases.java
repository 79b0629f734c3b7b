package io.larder.memcached;

import io.larder.Clock;
import io.larder.memcached.client.MetaReply;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lookup;
import io.larder.spi.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Grants leases and stores under them. Thread-safe.
 *
 * <p>A lease is a hole at the entry's own name, with a token in it, and its epoch is the CAS that the hole was stored with. Whatever writes
 * or removes the entry replaces the hole; so the lease stands as long as its token is there. Only tags need more: their markers must be
 * older than the hole, which their CAS tells, for a server numbers all that it stores in one order.
 */
final class Leases {

    private final ItemNames names;
    private final Reads reads;
    private final ItemWriter writer;
    private final Stores stores;
    private final Journal journal;
    private final Clock clock;
    private final int leaseSeconds;

    Leases(
            ItemNames names,
            Reads reads,
            ItemWriter writer,
            Stores stores,
            Journal journal,
            Clock clock,
            MemcachedConfig config) {
        this.names = names;
        this.reads = reads;
        this.writer = writer;
        this.stores = stores;
        this.journal = journal;
        this.clock = clock;
        // One more, because the server's clock goes by seconds.
        this.leaseSeconds = Math.toIntExact((config.lease().toMillis() + 999) / 1_000 + 1);
    }

    /**
     * Returns the entry if it meets {@code terms}, else the lease that stands, if need be a new one with {@code token}.
     *
     * <p>Most find what they look for. So nothing but the value is asked for at first, which many callers can do together.
     */
    Reply<Lookup<byte[]>> entryOrLease(Place place, String token, LeaseTerms terms) {
        return reads.value(place).then(sight -> {
            Entry<byte[]> entry = sight.entry(clock);
            if (entry != null && isEnough(entry, terms)) {
                return Reply.ready(entry);
            }
            return sight.exists()
                    ? leased(place, token, terms)
                    : granted(sight, token, null)
                            .then(lease -> lease == null ? leased(place, token, terms) : Reply.ready(lease));
        });
    }

    private Reply<Lookup<byte[]>> leased(Place place, String token, LeaseTerms terms) {
        return Tries.until(
                what("Cannot lease", place),
                () -> reads.sight(place, Set.of()).then(sight -> {
                    Entry<byte[]> entry = sight.entry(clock);
                    if (entry != null && isEnough(entry, terms)) {
                        return Reply.ready(entry);
                    }
                    Item.Hole standing = standing(sight);
                    return standing == null
                            ? granted(sight, token, entry)
                            : Reply.ready(
                                    new Lease<>(standing.token(), sight.reply().cas()));
                }));
    }

    private boolean isEnough(Entry<byte[]> entry, LeaseTerms terms) {
        return entry instanceof DamagedEntry || terms.isMetBy(entry, clock);
    }

    private static Item.@Nullable Hole standing(Sight sight) {
        Item.Hole hole = sight.lease();
        if (hole == null) {
            return null;
        }
        long ageSeconds = hole.ttlSeconds() - sight.reply().ttlSeconds();
        return ageSeconds < hole.leaseSeconds() ? hole : null;
    }

    /** Puts a hole in place of what was seen, in front of the entry if there is one; null if something else is there by now. */
    private Reply<@Nullable Lookup<byte[]>> granted(Sight sight, String token, @Nullable Entry<byte[]> before) {
        Place place = sight.place();
        Marker cache = sight.seen().cache();
        if (cache == null) {
            return stores.marked(sight, Set.of()).map(made -> null);
        }
        long ttlSeconds = before == null
                ? leaseSeconds
                : Math.max(leaseSeconds, Math.min(writer.secondsLeft(before.lifetime()), ItemWriter.TTL_SECONDS_MAX));
        Item behind = before == null ? null : sight.item();
        String key = behind == null && names.isHashed(place.name()) ? place.key() : "";
        Item.Hole hole = new Item.Hole(token, key, leaseSeconds, (int) ttlSeconds);
        Item item = behind == null ? Item.hole(cache.generation(), hole) : behind.behind(hole);
        return place.node()
                .one(writer.swap(sight, item, ttlSeconds))
                .map(reply -> reply.done() ? new Lease<>(token, reply.cas()) : null);
    }

    /** Ends a lease and returns whether it stood; if it did, stores the entry. */
    Reply<Boolean> store(Place place, Entry<byte[]> entry, Lease<byte[]> lease) {
        return Tries.until(
                what("Cannot store", place),
                () -> reads.sight(place, entry.tags()).then(sight -> {
                    if (!isHeld(sight, lease)) {
                        return Reply.ready(false);
                    }
                    return isFenced(sight, entry.tags(), lease.epoch()).then(fenced -> {
                        if (!fenced) {
                            return ended(sight).map(done -> false);
                        }
                        if (!sight.seen().hasAll(entry.tags())) {
                            // Once more with all markers: one that somebody else makes meanwhile may be that of an
                            // invalidation.
                            return stores.marked(sight, entry.tags()).map(made -> null);
                        }
                        return stores.swappedInTime(sight, entry).map(stood -> stood);
                    });
                }));
    }

    /** By the token alone, which no two loads have: a server that moves an item to another page of its memory gives it a new CAS. */
    private static boolean isHeld(Sight sight, Lease<byte[]> lease) {
        Item.Hole hole = sight.lease();
        return hole != null && hole.token().equals(lease.token());
    }

    /** Returns whether none of the tags was invalidated since {@code hole}, the CAS of the hole when it was made. */
    private Reply<Boolean> isFenced(Sight sight, Set<String> tags, long hole) {
        Marker cache = sight.seen().cache();
        List<String> doubtful = new ArrayList<>();
        for (String tag : tags) {
            Marker marker = sight.seen().tags().get(tag);
            if (marker == null || (marker.isBorn() && !marker.isBefore(hole))) {
                // It may have been evicted after an invalidation.
                doubtful.add(tag);
            } else if (!marker.isBefore(hole)) {
                return Reply.ready(false);
            }
        }
        if (cache == null) {
            return Reply.ready(false);
        }
        return doubtful.isEmpty() || cache.isBefore(hole)
                ? Reply.ready(true)
                : journal.isQuiet(sight.place().node(), cache.generation(), doubtful, hole);
    }

    /** Ends a lease, if it stands. */
    Reply<@Nullable Void> release(Place place, Lease<byte[]> lease) {
        return reads.sight(place, Set.of())
                .then(sight -> isHeld(sight, lease) ? ended(sight) : Reply.ready(false))
                .map(ended -> null);
    }

    /** Removes the hole, but not the entry behind it; if something else is there by now, the hole is gone anyway. */
    private Reply<Boolean> ended(Sight sight) {
        Item item = sight.item();
        Entry<byte[]> stale = sight.entry(clock);
        return item == null || stale == null || stale instanceof DamagedEntry
                ? stores.deleted(sight)
                : sight.place()
                        .node()
                        .one(writer.swap(sight, item.withoutHole(), writer.ttl(stale.lifetime())))
                        .map(MetaReply::done);
    }

    private static String what(String verb, Place place) {
        return verb + " key '" + ItemWriter.shortened(place.key()) + "' on memcached at " + place.node();
    }
}
