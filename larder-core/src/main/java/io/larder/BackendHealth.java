package io.larder;

import io.larder.spi.BackendInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a backend has found. Immutable.
 *
 * @param health what follows from it; a nearer tier that does not work costs copies, and so is no worse than degraded
 * @param ping how long the backend took to answer, or null when it did not
 * @param roundTrip how long it took to put an entry, get it and remove it, or null when that was not possible
 * @param info what it tells about itself, with the state of the breaker; what is known without it when it did not answer
 */
public record BackendHealth(
        Health health, @Nullable Duration ping, @Nullable Duration roundTrip, BackendInfo info) {}
