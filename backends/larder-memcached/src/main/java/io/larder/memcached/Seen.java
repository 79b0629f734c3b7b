package io.larder.memcached;

import io.larder.memcached.client.MetaReply;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The markers on one node as they stood at one moment, those that there were. Immutable.
 *
 * <p>They are read after the entries that are compared with them: an entry under a marker's generation counted when it was read, for no
 * generation ever comes back.
 */
record Seen(@Nullable Marker cache, Map<String, Marker> tags) {

    boolean hasAll(Collection<String> wanted) {
        return cache != null && tags.keySet().containsAll(wanted);
    }

    /** Returns these and more tags. */
    Seen with(Map<String, Marker> more) {
        Map<String, Marker> all = new HashMap<>(tags);
        all.putAll(more);
        return new Seen(cache, all);
    }

    /** Returns whether each of the tags has the same generation in what was read of them later, in their order. */
    boolean stands(Collection<String> ofTags, List<MetaReply> later) {
        Map<String, Marker> after = Markers.tags(ofTags, later);
        return ofTags.stream().allMatch(tag -> {
            Marker before = tags.get(tag);
            Marker now = after.get(tag);
            return before != null && now != null && before.generation() == now.generation();
        });
    }

    /** Returns whether the cache's marker has this generation. */
    boolean isCurrent(long generation) {
        return cache != null && cache.generation() == generation;
    }

    /** Returns whether the markers of the tags, in their order, have these generations. */
    boolean areCurrent(Collection<String> sortedTags, long[] generations) {
        if (sortedTags.size() != generations.length) {
            return false;
        }
        int i = 0;
        for (String tag : sortedTags) {
            Marker marker = tags.get(tag);
            if (marker == null || marker.generation() != generations[i++]) {
                return false;
            }
        }
        return true;
    }
}
