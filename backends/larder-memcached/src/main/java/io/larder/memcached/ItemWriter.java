package io.larder.memcached;

import io.larder.BackendException;
import io.larder.Clock;
import io.larder.codec.Frame;
import io.larder.memcached.client.MetaFlags;
import io.larder.memcached.client.MetaRequest;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Turns entries into items, and items into requests. Thread-safe. */
final class ItemWriter {

    /** Up to here a time to live is a number of seconds, beyond it the server takes it for a time of day. */
    static final long TTL_SECONDS_MAX = Duration.ofDays(30).toSeconds();
    /** Beyond this a server cannot count seconds. */
    private static final long UNIX_SECONDS_MAX = Integer.MAX_VALUE;

    private final ItemNames names;
    private final String codec;
    private final Clock clock;
    private final MemcachedConfig config;

    ItemWriter(ItemNames names, String codec, Clock clock, MemcachedConfig config) {
        this.names = names;
        this.codec = codec;
        this.clock = clock;
        this.config = config;
    }

    /** Returns the entry as an item under the markers that were seen, which must be there. */
    Item item(Place place, Entry<byte[]> entry, long generation, Seen seen) {
        byte[] value = entry.value();
        if (value != null && value.length > config.maxValueBytes()) {
            throw BackendException.lasting(
                    "Cannot store key '" + shortened(place.key()) + "': its value has " + value.length
                            + " bytes, and 'max-value' allows " + config.maxValueBytes()
                            + ". Raise the limit, or split the value",
                    null);
        }
        byte[] frame = Frame.encode(names.isHashed(place.name()) ? place.key() : null, codec, entry);
        return Item.entry(generation, newWriteId(), generations(entry.tags(), seen), frame);
    }

    private static int newWriteId() {
        int writeId = ThreadLocalRandom.current().nextInt();
        return writeId == 0 ? 1 : writeId;
    }

    private static long[] generations(Set<String> tags, Seen seen) {
        long[] generations = new long[tags.size()];
        int i = 0;
        for (String tag : Tags.sorted(tags)) {
            Marker marker = seen.tags().get(tag);
            if (marker == null) {
                throw new IllegalStateException("Markers must be read before they are written down");
            }
            generations[i++] = marker.generation();
        }
        return generations;
    }

    /** Returns what stores an item whatever is there. */
    MetaRequest set(Place place, Item item, long ttlSeconds) {
        return MetaRequest.set(place.name(), item.encode(), flags(item, ttlSeconds));
    }

    /** Returns what stores an item in place of what was seen, and of nothing else. */
    MetaRequest swap(Sight sight, Item item, long ttlSeconds) {
        MetaFlags flags = flags(item, ttlSeconds);
        return MetaRequest.set(
                sight.place().name(),
                item.encode(),
                sight.exists() ? flags.with('C', sight.reply().cas()) : flags.with('M', "E"));
    }

    /** Returns what removes what was seen, and nothing else. */
    static MetaRequest delete(Sight sight) {
        return MetaRequest.delete(
                sight.place().name(), MetaFlags.NONE.with('C', sight.reply().cas()));
    }

    private static MetaFlags flags(Item item, long ttlSeconds) {
        return MetaFlags.of("c").with('T', ttlSeconds).with('F', Integer.toUnsignedLong(item.writeId()));
    }

    /** Returns for how long the server is to keep an entry, in its own terms: 0 for ever. */
    long ttl(Lifetime lifetime) {
        return ttl(secondsLeft(lifetime));
    }

    /** Returns what a server is told for that many seconds. */
    static long ttl(long seconds) {
        if (seconds <= TTL_SECONDS_MAX) {
            return seconds;
        }
        long until = ServerClock.unixSeconds() + seconds;
        return until > UNIX_SECONDS_MAX || until < 0 ? 0 : until;
    }

    /** Returns how long a server should keep an entry: one second more than there is, for its clock goes by seconds. */
    long secondsLeft(Lifetime lifetime) {
        long leftMillis = lifetime.keepUntilMillis() - clock.millis();
        long seconds = (leftMillis + 999) / 1_000 + config.clockSkew().toSeconds() + 2;
        return lifetime.keepUntilMillis() == Lifetime.NEVER || leftMillis < 0 || seconds < 0
                ? UNIX_SECONDS_MAX
                : seconds;
    }

    static String shortened(String key) {
        return key.length() <= 80 ? key : key.substring(0, 80) + "…";
    }
}
