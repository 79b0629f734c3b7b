/** Spans for OpenTelemetry: start at {@link io.larder.opentelemetry.LarderTracing}. */
@NullMarked
package io.larder.opentelemetry;

import org.jspecify.annotations.NullMarked;
