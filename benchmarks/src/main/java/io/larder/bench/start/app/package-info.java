/** A Spring Boot application for the suite {@code start}; begin at {@link io.larder.bench.start.app.App}. */
@NullMarked
package io.larder.bench.start.app;

import org.jspecify.annotations.NullMarked;
