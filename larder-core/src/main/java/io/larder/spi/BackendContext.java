package io.larder.spi;

import io.larder.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What a backend gets from the {@link io.larder.Larder} that opens it, and must not close.
 *
 * @param executor for work that blocks or takes long
 * @param scheduler for starting periodic work; a single thread, so nothing on it may block
 */
public record BackendContext(Clock clock, Executor executor, ScheduledExecutorService scheduler) {}
