package io.larder;

import io.larder.url.Parameters;
import java.time.Duration;
import java.util.Objects;

/**
 * When a backend that fails is not asked any more. Immutable; the same for all caches of a {@link Larder}, who share the backend.
 *
 * @param failuresMax how many calls in a row have to fail for it, 0 to ask in any case
 * @param pause how long it is left alone before it is pinged
 */
record OutageRules(int failuresMax, Duration pause) {

    /** What holds where nobody said. */
    static final OutageRules STANDARD = new OutageRules(10, Duration.ofSeconds(1));

    static OutageRules of(Parameters given) {
        return new OutageRules(
                CacheDefaults.count("breaker", given.count("breaker", STANDARD.failuresMax())),
                Objects.requireNonNullElse(
                        CacheDefaults.positive("breaker-pause", given.duration("breaker-pause")), STANDARD.pause()));
    }
}
