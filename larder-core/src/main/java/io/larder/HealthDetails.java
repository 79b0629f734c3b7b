package io.larder;

import java.util.List;

/**
 * What a look at the backends of a {@link Larder} has found. Immutable.
 *
 * @param health what follows from it, and from what is known of the caches
 * @param backends each backend once, the last one of tiers first
 */
public record HealthDetails(Health health, List<BackendHealth> backends) {

    /** Copies the backends. */
    public HealthDetails {
        backends = List.copyOf(backends);
    }
}
