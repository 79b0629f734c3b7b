package io.larder;

import io.larder.spi.Lifetime;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Turns a cache's settings and a call's options into deadlines. Immutable. */
final class Lifetimes {

    private final EntryOptions defaults;
    private final Clock clock;

    Lifetimes(EntryOptions defaults, Clock clock) {
        this.defaults = defaults;
        this.clock = clock;
    }

    EntryOptions complete(EntryOptions options) {
        return options.equals(EntryOptions.DEFAULT) ? defaults : options.over(defaults);
    }

    /** Returns the lifetime of a value. */
    Lifetime ofValue(EntryOptions complete) {
        return lifetime(complete.ttl(), complete);
    }

    /** Returns the lifetime of a "no such thing" that the caller stores: it falls back to the ttl, for the caller means it. */
    Lifetime ofNothing(EntryOptions complete) {
        return lifetime(complete.missTtl() == null ? complete.ttl() : complete.missTtl(), complete);
    }

    /** Returns the lifetime of a "no such thing" that a loader found: without a {@code missTtl} it is over at once. */
    Lifetime ofLoadedNothing(EntryOptions complete) {
        return lifetime(complete.missTtl() == null ? Duration.ZERO : complete.missTtl(), complete);
    }

    /** Returns the lifetime of what is not to be stored. */
    Lifetime over() {
        return lifetime(Duration.ZERO, defaults);
    }

    /** Returns the lifetime that {@code ttl} gives an entry that exists; without jitter, for it was asked for exactly. */
    Lifetime ofExpire(Duration ttl) {
        return lifetime(ttl, defaults.jitter(0));
    }

    private Lifetime lifetime(@Nullable Duration ttl, EntryOptions complete) {
        long now = clock.millis();
        long ttlMillis = ttl == null ? Lifetime.NEVER : millis(ttl);
        if (ttlMillis == 0) {
            // Over by every clock: the one that looks may be behind the one here.
            return new Lifetime(now, 0, 0);
        }
        Double jitter = complete.jitter();
        if (jitter != null && jitter > 0 && ttlMillis != Lifetime.NEVER) {
            ttlMillis -=
                    (long) (ttlMillis * jitter * ThreadLocalRandom.current().nextDouble());
        }
        long freshUntil = plus(now, ttlMillis);
        Duration staleFor = complete.staleFor();
        return new Lifetime(now, freshUntil, staleFor == null ? freshUntil : plus(freshUntil, millis(staleFor)));
    }

    /** Returns whole milliseconds, a fraction rounded up, so that a short ttl does not become "gone now". */
    private static long millis(Duration duration) {
        try {
            long millis = duration.toMillis();
            return duration.toNanosPart() % 1_000_000 == 0 ? millis : Math.incrementExact(millis);
        } catch (ArithmeticException e) {
            return Lifetime.NEVER;
        }
    }

    private static long plus(long from, long millis) {
        return millis >= Lifetime.NEVER - from ? Lifetime.NEVER : from + millis;
    }
}
