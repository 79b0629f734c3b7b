package io.larder;

import io.larder.url.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one entry is to be kept; what is unset, null, comes from the cache. Immutable.
 *
 * <p>{@code EntryOptions.ttl(Duration.ofHours(1)).tags("team:7")}. Durations are counted in milliseconds, a fraction rounded up.
 *
 * @param ttl time to live: {@link #NEVER} for never, zero for "gone now"
 * @param staleFor how long after its ttl the entry still answers calls with a loader that have a {@code staleFor}, and is shown by {@link
 *     Cache#find}, marked stale
 * @param missTtl time to live of a cached "no such thing"; without one, a loader's null is not stored
 * @param jitter share of the ttl, 0 to 1, by which entries at random end earlier, never later
 * @param tags any strings
 */
public record EntryOptions(
        @Nullable Duration ttl,
        @Nullable Duration staleFor,
        @Nullable Duration missTtl,
        @Nullable Double jitter,
        Set<String> tags) {

    /** A ttl that never ends. */
    public static final Duration NEVER = Units.NEVER;

    /** The cache's own settings and no tags. */
    public static final EntryOptions DEFAULT = new EntryOptions(null, null, null, null, Set.of());

    /** Refuses negative durations and shares that are none. */
    public EntryOptions {
        checkDuration("ttl", ttl);
        checkDuration("staleFor", staleFor);
        checkDuration("missTtl", missTtl);
        if (jitter != null && !(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must be a share from 0 to 1, was " + jitter);
        }
        tags = Set.copyOf(tags);
    }

    /** Returns options with a time to live: {@link #NEVER} for never, zero for "gone now"; negative is refused. */
    public static EntryOptions ttl(Duration ttl) {
        return DEFAULT.withTtl(ttl);
    }

    /** Returns options with tags and the cache's own ttl. */
    public static EntryOptions tagged(String... tags) {
        return DEFAULT.tags(tags);
    }

    /** Returns these options with another time to live. */
    public EntryOptions withTtl(Duration ttl) {
        return new EntryOptions(ttl, staleFor, missTtl, jitter, tags);
    }

    /** Returns these options with a time after the ttl in which the stale entry still answers calls with a loader. */
    public EntryOptions staleFor(Duration staleFor) {
        return new EntryOptions(ttl, staleFor, missTtl, jitter, tags);
    }

    /** Returns these options with the ttl of a cached "no such thing"; without one, a loader's null is not stored. */
    public EntryOptions missTtl(Duration missTtl) {
        return new EntryOptions(ttl, staleFor, missTtl, jitter, tags);
    }

    /** Returns these options with a share of the ttl, 0 to 1, by which entries at random end earlier, never later. */
    public EntryOptions jitter(double share) {
        return new EntryOptions(ttl, staleFor, missTtl, share, tags);
    }

    /** Returns these options with these tags in place of its own. */
    public EntryOptions tags(String... tags) {
        return tags(Arrays.asList(tags));
    }

    /** Returns these options with these tags in place of its own; any string but null is a tag. */
    public EntryOptions tags(Collection<String> tags) {
        if (tags.stream().anyMatch(tag -> tag == null)) {
            throw new IllegalArgumentException("tags must not contain null, were " + tags);
        }
        return new EntryOptions(ttl, staleFor, missTtl, jitter, new LinkedHashSet<>(tags));
    }

    /** Returns whether a call with these options, complete, may be answered with a stale value. */
    boolean takesStale() {
        return staleFor != null && !staleFor.isZero();
    }

    /** Returns these options with what is unset taken from {@code defaults}; the tags are those of both. */
    public EntryOptions over(EntryOptions defaults) {
        boolean complete = (ttl != null || defaults.ttl == null)
                && (staleFor != null || defaults.staleFor == null)
                && (missTtl != null || defaults.missTtl == null)
                && (jitter != null || defaults.jitter == null)
                && defaults.tags.isEmpty();
        if (complete) {
            return this;
        }
        return new EntryOptions(
                ttl == null ? defaults.ttl : ttl,
                staleFor == null ? defaults.staleFor : staleFor,
                missTtl == null ? defaults.missTtl : missTtl,
                jitter == null ? defaults.jitter : jitter,
                defaults.tags.isEmpty() ? tags : union(tags, defaults.tags));
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(others);
        return all;
    }

    private static void checkDuration(String what, @Nullable Duration duration) {
        if (duration != null && duration.isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative, was " + Units.text(duration));
        }
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        add(parts, "ttl", ttl);
        add(parts, "staleFor", staleFor);
        add(parts, "missTtl", missTtl);
        if (jitter != null) {
            parts.add("jitter=" + jitter);
        }
        if (!tags.isEmpty()) {
            parts.add("tags=" + tags);
        }
        return "EntryOptions" + parts;
    }

    private static void add(List<String> parts, String name, @Nullable Duration duration) {
        if (duration != null) {
            parts.add(name + "=" + Units.text(duration));
        }
    }
}
