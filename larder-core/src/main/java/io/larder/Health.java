package io.larder;

import io.larder.spi.BackendInfo;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether the backends of a {@link Larder} are used. Immutable.
 *
 * @param problems what is not as it should be, each in a sentence; empty when all is
 */
public record Health(Status status, List<String> problems) {

    /** From good to bad. */
    public enum Status {
        /** All is as it should be. */
        UP,
        /** Caches work, but not as they should: a spare is used, one of several servers is down, or entries are lost. */
        DEGRADED,
        /** A backend is not used; reads are misses, writes fail. */
        DOWN
    }

    /** Copies the problems. */
    public Health {
        problems = List.copyOf(problems);
    }

    /** Returns what follows from what is known of the backends. */
    static Health of(Collection<BackendInfo> backends) {
        Status status = Status.UP;
        Set<String> problems = new LinkedHashSet<>();
        for (BackendInfo backend : backends) {
            String breaker = backend.details().getOrDefault("breaker", "closed");
            boolean spare = backend.details().getOrDefault("fallback", "").equals("in use");
            String down = backend.details().get("down");
            if (spare || !breaker.equals("closed")) {
                status = worse(status, spare ? Status.DEGRADED : Status.DOWN);
                problems.add(backend.address() + " is not asked, its breaker is " + breaker
                        + (spare ? "; its spare is in use" : ""));
            } else if (down != null) {
                status = worse(status, Status.DEGRADED);
                problems.add(backend.address() + " is used without " + down + ", which could not be reached");
            }
        }
        return new Health(status, List.copyOf(problems));
    }

    /** Returns what follows from this and {@code other}. */
    Health and(Health other) {
        Set<String> all = new LinkedHashSet<>(problems);
        all.addAll(other.problems);
        return new Health(worse(status, other.status), List.copyOf(all));
    }

    static Status worse(Status one, Status other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
